// The slopes of similarities and of the logarithms of weights, a row a workgroup.
@group(0) @binding(3) var<storage, read> gradient: array<f32>;
@group(0) @binding(4) var<storage, read_write> of_similarities: array<f32>;
@group(0) @binding(5) var<storage, read_write> of_weights: array<f32>;
// Rows, columns, whether there are weights, temperature as bits, rows that count.
@group(0) @binding(6) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let columns = info[1];
  let has_weights = info[2] != 0u;
  let temperature = bitcast<f32>(info[3]);
  for (var row = group.x; row < info[0]; row += groups.x) {
    let start = row * columns;
    let normalizer = log_sum_exp(start, columns, has_weights, temperature, thread);
    let count = count_positives(start, columns, thread);
    let slope = select(0.0, gradient[0] / f32(info[4]), count > 0.0);
    for (var i = thread; i < columns; i += 64u) {
      let place = start + i;
      let share = exp(weighted(place, has_weights, temperature) - normalizer);
      let wanted = select(0.0, 1.0 / max(count, 1.0), roles[place] == 2.0);
      of_weights[place] = slope * share;
      of_similarities[place] = slope * (share - wanted) / temperature;
    }
  }
}
