// As `pad`, the gradient before max-pool and ReLU: each window's at the pixel that won, zeros elsewhere.
// Without a border, as four pixels of a row are then those of two windows.

@group(0) @binding(0) var<storage, read> dy: array<f32>; // [planes, height/2, width/2]
@group(0) @binding(1) var<storage, read> winners: array<u32>; // as dy, of `conv_pool`
@group(0) @binding(2) var<storage, read_write> padded: array<vec4f>; // [planes, rows, quads]
@group(0) @binding(3) var<storage, read> info: array<u32>; // planes, height, width, 0: no border

fn four(plane: u32, y: u32, left: u32) -> vec4f {
  return vec4f(pair(plane, y, left / 2u), pair(plane, y, left / 2u + 1u));
}

/// The two pixels of a row in a window.
fn pair(plane: u32, y: u32, across: u32) -> vec2f {
  let height = info[1] / 2u;
  let width = info[2] / 2u;
  if y / 2u >= height || across >= width {
    return vec2f();
  }
  let at = (plane * height + y / 2u) * width + across;
  return select(vec2f(), vec2f(dy[at]), vec2u(0u, 1u) + y % 2u * 2u == vec2u(winners[at]));
}
