// The part of the gradient that does not lie along the row, over the row's length; a row a workgroup.
@group(0) @binding(0) var<storage, read> z: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> of_z: array<f32>;
// Rows, width.
@group(0) @binding(3) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let width = info[1];
  for (var row = group.x; row < info[0]; row += groups.x) {
    var squares = 0.0;
    var products = 0.0;
    for (var i = thread; i < width; i += 64u) {
      let value = z[row * width + i];
      squares += value * value;
      products += value * gradient[row * width + i];
    }
    let square = sum_over_group(squares, thread) + 1e-24;
    let along = sum_over_group(products, thread) / square;
    let length = sqrt(square);
    for (var i = thread; i < width; i += 64u) {
      let place = row * width + i;
      of_z[place] = (gradient[place] - along * z[place]) / length;
    }
  }
}
