// As `sum`, and a bias for each column, with ReLU if asked.

@group(0) @binding(0) var<storage, read> parts: array<f32>; // [shares, rows, columns]
@group(0) @binding(1) var<storage, read> bias: array<f32>; // [columns]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [rows, columns]
@group(0) @binding(3) var<storage, read> info: array<u32>; // rows * columns, shares, columns, 1 to end with ReLU

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let at = (group.y * groups.x + group.x) * 64u + thread;
  if at >= info[0] {
    return;
  }
  var sum = bias[at % info[2]];
  for (var i = 0u; i < info[1]; i++) {
    sum += parts[i * info[0] + at];
  }
  y[at] = select(sum, max(sum, 0.0), info[3] > 0u);
}
