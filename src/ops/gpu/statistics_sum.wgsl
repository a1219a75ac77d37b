// Alignment, uniformity and spread out of what each row has with the others; one workgroup.
@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read_write> found: array<f32>;
// Rows.
@group(0) @binding(2) var<storage, read> info: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread: u32) {
  let rows = info[0];
  var sums = vec3<f32>();
  for (var row = thread; row < rows; row += 64u) {
    // An odd last row has no pair.
    let paired = select(0.0, parts[3u * row], row < rows / 2u);
    sums += vec3<f32>(paired, parts[3u * row + 1u], parts[3u * row + 2u]);
  }
  let aligned = sum_over_group(sums.x, thread);
  let kernel = sum_over_group(sums.y, thread);
  let apart = sum_over_group(sums.z, thread);
  if (thread == 0u) {
    let count = f32(rows);
    found[0] = aligned / f32(rows / 2u);
    found[1] = log(kernel / (count * (count - 1.0)));
    found[2] = apart / (2.0 * count * count);
  }
}
