// One update of gradient descent with momentum, a weight a thread.
@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> velocity: array<f32>;
@group(0) @binding(3) var<storage, read_write> new_weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> new_velocity: array<f32>;
// Floats: learning rate, momentum, decay.
@group(0) @binding(5) var<storage, read> info: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let count = arrayLength(&weights);
  for (var i = id.x; i < count; i += groups.x * 256u) {
    let weight = weights[i];
    let speed = info[1] * velocity[i] + gradient[i] + info[2] * weight;
    new_velocity[i] = speed;
    new_weights[i] = weight - info[0] * speed;
  }
}
