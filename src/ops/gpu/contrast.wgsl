// −log of the positives' share, a row a workgroup; and whether the most similar candidate is a positive.
@group(0) @binding(3) var<storage, read_write> per_row: array<f32>;
@group(0) @binding(4) var<storage, read_write> hits: array<f32>;
// Rows, columns, whether there are weights, temperature as bits.
@group(0) @binding(5) var<storage, read> info: array<u32>;

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
    var positive = 0.0;
    var best_positive = NONE;
    var best_other = NONE;
    for (var i = thread; i < columns; i += 64u) {
      let place = start + i;
      let similarity = similarities[place];
      let takes_part = weighted(place, has_weights, temperature) >= 0.5 * OUT;
      if (roles[place] == 2.0) {
        positive += similarity / temperature;
        best_positive = select(best_positive, max(best_positive, similarity), takes_part);
      } else if (takes_part) {
        best_other = max(best_other, similarity);
      }
    }
    let sum = sum_over_group(positive, thread);
    let most_positive = max_over_group(best_positive, thread);
    let most_other = max_over_group(best_other, thread);
    if (thread == 0u) {
      let counted = count > 0.0;
      per_row[row] = select(0.0, normalizer - sum / max(count, 1.0), counted);
      hits[row] = select(0.0, 1.0, counted && most_positive > most_other);
    }
  }
}
