// Pictures as `conv_weights` reads them: rows of four numbers at a time, filled up with zeros to
// whole tiles of 4x4; with a border, also a pixel around, so that no load needs a look at bounds.

@group(0) @binding(0) var<storage, read> x: array<f32>; // [planes, height, width]
@group(0) @binding(1) var<storage, read_write> padded: array<vec4f>; // [planes, rows, quads]
@group(0) @binding(2) var<storage, read> info: array<u32>; // planes, height, width, 1 for a border

fn four(plane: u32, y: u32, left: u32) -> vec4f {
  return vec4f(pixel(plane, y, left), pixel(plane, y, left + 1u), pixel(plane, y, left + 2u), pixel(plane, y, left + 3u));
}

fn pixel(plane: u32, y: u32, column: u32) -> f32 {
  if y >= info[1] || column >= info[2] {
    return 0.0;
  }
  return x[(plane * info[1] + y) * info[2] + column];
}
