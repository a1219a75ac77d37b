// Of `conv`: y = conv(x, w), or the gradient of x from that of y.

@group(0) @binding(0) var<storage, read> x: array<f32>; // [N, C, H, W]
@group(0) @binding(1) var<storage, read> w: array<f32>; // [O, C, 3, 3]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, O, H, W]
@group(0) @binding(3) var<storage, read> info: array<u32>;
