// One update of Adam or AdamW, a weight a thread.
@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> first: array<f32>;
@group(0) @binding(3) var<storage, read> second: array<f32>;
@group(0) @binding(4) var<storage, read_write> new_weights: array<f32>;
@group(0) @binding(5) var<storage, read_write> new_first: array<f32>;
@group(0) @binding(6) var<storage, read_write> new_second: array<f32>;
// Floats: learning rate, both betas, epsilon, decay, shrink, both corrections. No size is here, so that all
// parameters of a step share one upload.
@group(0) @binding(7) var<storage, read> info: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let count = arrayLength(&weights);
  for (var i = id.x; i < count; i += groups.x * 256u) {
    let weight = weights[i];
    let slope = gradient[i] + info[4] * weight;
    let one = info[1] * first[i] + (1.0 - info[1]) * slope;
    let two = info[2] * second[i] + (1.0 - info[2]) * slope * slope;
    let direction = (one / info[6]) / (sqrt(two / info[7]) + info[3]);
    new_first[i] = one;
    new_second[i] = two;
    new_weights[i] = weight - (info[5] * weight + info[0] * direction);
  }
}
