// Of `matmul`: the product, or parts of it.

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [shares, rows, columns]
@group(0) @binding(3) var<storage, read> info: array<u32>;

fn of_a(at: u32) -> f32 {
  return a[at];
}

fn of_b(at: u32) -> f32 {
  return b[at];
}

fn finish(part: u32, row: u32, column: u32, sum: f32) {
  y[part + row * info[COLUMNS] + column] = sum;
}
