// Means over the rows that have a positive; one workgroup.
@group(0) @binding(0) var<storage, read> per_row: array<f32>;
@group(0) @binding(1) var<storage, read> hits: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<storage, read_write> top1: array<f32>;
// Rows, rows that count.
@group(0) @binding(4) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread: u32) {
  var sums = vec2<f32>();
  for (var row = thread; row < info[0]; row += 64u) {
    sums += vec2<f32>(per_row[row], hits[row]);
  }
  let losses = sum_over_group(sums.x, thread);
  let right = sum_over_group(sums.y, thread);
  if (thread == 0u) {
    loss[0] = losses / f32(info[1]);
    top1[0] = right / f32(info[1]);
  }
}
