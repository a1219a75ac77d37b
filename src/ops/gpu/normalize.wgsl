// Rows of length one, a row a workgroup.
@group(0) @binding(0) var<storage, read> z: array<f32>;
@group(0) @binding(1) var<storage, read_write> unit: array<f32>;
// Rows, width.
@group(0) @binding(2) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let width = info[1];
  for (var row = group.x; row < info[0]; row += groups.x) {
    var squares = 0.0;
    for (var i = thread; i < width; i += 64u) {
      let value = z[row * width + i];
      squares += value * value;
    }
    let length = sqrt(sum_over_group(squares, thread) + 1e-24);
    for (var i = thread; i < width; i += 64u) {
      unit[row * width + i] = z[row * width + i] / length;
    }
  }
}
