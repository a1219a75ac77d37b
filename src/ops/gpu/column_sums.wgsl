// Sums of columns: a workgroup takes 16 columns and lets 16 threads share the rows of each.
//
// A file before this one gives the bindings and `seen`.

var<workgroup> held: array<f32, 256>; // [share of the rows][column]

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 16u + thread % 16u;
  var sum = 0.0;
  if column < info[1] {
    for (var row = thread / 16u; row < info[0]; row += 16u) {
      sum += seen(row * info[1] + column);
    }
  }
  held[thread] = sum;
  workgroupBarrier();
  if thread < 16u && column < info[1] {
    var total = 0.0;
    for (var i = 0u; i < 16u; i++) {
      total += held[i * 16u + thread];
    }
    db[column] = total;
  }
}
