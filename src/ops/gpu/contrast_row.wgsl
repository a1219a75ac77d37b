// A row's softmax over its candidates, for the kernels that come after it. Roles: 0 outside, 1 negative, 2 positive.
@group(0) @binding(0) var<storage, read> similarities: array<f32>;
@group(0) @binding(1) var<storage, read> log_weights: array<f32>;
@group(0) @binding(2) var<storage, read> roles: array<f32>;

const OUT = -1e9;
// Below all floats that are used.
const NONE = -3e38;

// The logarithm of what a candidate has in the softmax; without weights each counts once.
fn weighted(place: u32, has_weights: bool, temperature: f32) -> f32 {
  var weight = 0.0;
  if (has_weights) {
    weight = log_weights[place];
  } else if (roles[place] == 0.0) {
    weight = OUT;
  }
  return similarities[place] / temperature + weight;
}

fn log_sum_exp(start: u32, columns: u32, has_weights: bool, temperature: f32, thread: u32) -> f32 {
  var largest = NONE;
  for (var i = thread; i < columns; i += 64u) {
    largest = max(largest, weighted(start + i, has_weights, temperature));
  }
  largest = max_over_group(largest, thread);
  var sum = 0.0;
  for (var i = thread; i < columns; i += 64u) {
    sum += exp(weighted(start + i, has_weights, temperature) - largest);
  }
  return log(sum_over_group(sum, thread)) + largest;
}

fn count_positives(start: u32, columns: u32, thread: u32) -> f32 {
  var count = 0.0;
  for (var i = thread; i < columns; i += 64u) {
    count += select(0.0, 1.0, roles[start + i] == 2.0);
  }
  return sum_over_group(count, thread);
}
