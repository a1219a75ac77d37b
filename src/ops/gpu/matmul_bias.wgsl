// Of `matmul`: the product and a bias for each column, with ReLU if asked.

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>; // [columns]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [rows, columns]
@group(0) @binding(4) var<storage, read> info: array<u32>;

const RELU = 8u; // 1 to end with ReLU

fn of_a(at: u32) -> f32 {
  return a[at];
}

fn of_b(at: u32) -> f32 {
  return b[at];
}

fn finish(part: u32, row: u32, column: u32, sum: f32) {
  let value = sum + bias[column];
  y[part + row * info[COLUMNS] + column] = select(value, max(value, 0.0), info[RELU] > 0u);
}
