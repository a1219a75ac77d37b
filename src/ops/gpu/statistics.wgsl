// What one row of the unit sphere has with all others, a row a workgroup: squared distance to its pair, the sum of
// exp(-2 d²) over all others, the sum of d² over all.
@group(0) @binding(0) var<storage, read> unit: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
// Rows, width.
@group(0) @binding(2) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let rows = info[0];
  let width = info[1];
  for (var row = group.x; row < rows; row += groups.x) {
    var to_pair = 0.0;
    var kernel = 0.0;
    var apart = 0.0;
    for (var other = thread; other < rows; other += 64u) {
      var product = 0.0;
      var distance = 0.0;
      for (var i = 0u; i < width; i += 1u) {
        let one = unit[row * width + i];
        let two = unit[other * width + i];
        product += one * two;
        distance += (one - two) * (one - two);
      }
      apart += distance;
      if (other != row) {
        kernel += exp(4.0 * product - 4.0);
      }
      if (other == row + rows / 2u) {
        to_pair += distance;
      }
    }
    let sums = vec3<f32>(
      sum_over_group(to_pair, thread),
      sum_over_group(kernel, thread),
      sum_over_group(apart, thread),
    );
    if (thread == 0u) {
      parts[3u * row] = sums.x;
      parts[3u * row + 1u] = sums.y;
      parts[3u * row + 2u] = sums.z;
    }
  }
}
