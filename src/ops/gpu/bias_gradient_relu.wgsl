// Gradients of a layer that ends with ReLU: before it (dz, zero where y is), and of the bias.

@group(0) @binding(0) var<storage, read> dy: array<f32>; // [rows, columns]
@group(0) @binding(1) var<storage, read> y: array<f32>; // [rows, columns]
@group(0) @binding(2) var<storage, read_write> dz: array<f32>; // [rows, columns]
@group(0) @binding(3) var<storage, read_write> db: array<f32>; // [columns]
@group(0) @binding(4) var<storage, read> info: array<u32>; // rows, columns

fn seen(at: u32) -> f32 {
  let value = select(0.0, dy[at], y[at] > 0.0);
  dz[at] = value;
  return value;
}
