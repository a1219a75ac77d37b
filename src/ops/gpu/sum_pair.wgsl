// As `sum`, for two tensors that lie one behind the other in each part.

@group(0) @binding(0) var<storage, read> parts: array<f32>; // [shares, sizes of both]
@group(0) @binding(1) var<storage, read_write> first: array<f32>;
@group(0) @binding(2) var<storage, read_write> second: array<f32>;
@group(0) @binding(3) var<storage, read> info: array<u32>; // size of the first, of the second, shares

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let at = (group.y * groups.x + group.x) * 64u + thread;
  let size = info[0] + info[1];
  if at >= size {
    return;
  }
  var sum = 0.0;
  for (var i = 0u; i < info[2]; i++) {
    sum += parts[i * size + at];
  }
  if at < info[0] {
    first[at] = sum;
  } else {
    second[at - info[0]] = sum;
  }
}
