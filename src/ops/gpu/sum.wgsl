// Adds up, in their order, the parts that the workgroups of a shared sum left.

@group(0) @binding(0) var<storage, read> parts: array<f32>; // [shares, size]
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [size]
@group(0) @binding(2) var<storage, read> info: array<u32>; // size, shares

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let at = (group.y * groups.x + group.x) * 64u + thread;
  if at >= info[0] {
    return;
  }
  var sum = 0.0;
  for (var i = 0u; i < info[1]; i++) {
    sum += parts[i * info[0] + at];
  }
  y[at] = sum;
}
