// Sums and maxima over the 64 threads of a workgroup; every thread gets the result.
var<workgroup> shared_values: array<f32, 64>;

fn sum_over_group(value: f32, thread: u32) -> f32 {
  shared_values[thread] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (thread < half) {
      shared_values[thread] += shared_values[thread + half];
    }
    workgroupBarrier();
  }
  let result = shared_values[0];
  workgroupBarrier();
  return result;
}

fn max_over_group(value: f32, thread: u32) -> f32 {
  shared_values[thread] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (thread < half) {
      shared_values[thread] = max(shared_values[thread], shared_values[thread + half]);
    }
    workgroupBarrier();
  }
  let result = shared_values[0];
  workgroupBarrier();
  return result;
}
