// Gradient of a layer's bias: sums of the columns of dy. `bias_gradient_relu` is for a layer that ends with ReLU.

@group(0) @binding(0) var<storage, read> dy: array<f32>; // [rows, columns]
@group(0) @binding(1) var<storage, read_write> db: array<f32>; // [columns]
@group(0) @binding(2) var<storage, read> info: array<u32>; // rows, columns

fn seen(at: u32) -> f32 {
  return dy[at];
}
