// Sums of what the workgroups of a split sum left, in their order: two tensors that lie one after the other in each part.

@group(0) @binding(0) var<storage, read_write> parts: array<f32>; // [splits, first + second]
@group(0) @binding(1) var<storage, read_write> first: array<f32>;
@group(0) @binding(2) var<storage, read_write> second: array<f32>;
@group(0) @binding(3) var<storage, read> info: array<u32>; // numbers in the first, in the second, splits

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = info[0] + info[1];
  if id.x >= size {
    return;
  }
  var sum = 0.0;
  for (var i = 0u; i < info[2]; i++) {
    sum += parts[i * size + id.x];
  }
  if id.x < info[0] {
    first[id.x] = sum;
  } else {
    second[id.x - info[0]] = sum;
  }
}
