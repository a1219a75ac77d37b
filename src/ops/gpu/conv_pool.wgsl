// Of `conv`: y = max-pool(relu(conv(x, w) + b)), and which pixel of each window of 2x2 won.

@group(0) @binding(0) var<storage, read> x: array<f32>; // [N, C, H, W]
@group(0) @binding(1) var<storage, read> w: array<f32>; // [O, C, 3, 3]
@group(0) @binding(2) var<storage, read> b: array<f32>; // [O]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [N, O, H/2, W/2]
@group(0) @binding(4) var<storage, read_write> winners: array<u32>; // as y: 0..3, or 4 where y is 0
@group(0) @binding(5) var<storage, read> info: array<u32>;

fn finish(tile: Tile, o: u32, sums: mat4x4f) {
  if o >= info[O] {
    return;
  }
  window(tile, 0u, 0u, o, vec4f(sums[0].xy, sums[1].xy));
  window(tile, 0u, 1u, o, vec4f(sums[0].zw, sums[1].zw));
  window(tile, 1u, 0u, o, vec4f(sums[2].xy, sums[3].xy));
  window(tile, 1u, 1u, o, vec4f(sums[2].zw, sums[3].zw));
}

/// The first of the largest wins, and nobody where ReLU gives zero.
fn window(tile: Tile, row: u32, column: u32, o: u32, sums: vec4f) {
  let height = info[HEIGHT] / 2u;
  let width = info[WIDTH] / 2u;
  let down = tile.y / 2u + row;
  let across = tile.x / 2u + column;
  if down >= height || across >= width {
    return;
  }
  let best = max(max(sums.x, sums.y), max(sums.z, sums.w));
  let value = best + b[o];
  let among = select(select(select(3u, 2u, sums.z == best), 1u, sums.y == best), 0u, sums.x == best);
  let at = ((tile.n * info[O] + o) * height + down) * width + across;
  y[at] = max(value, 0.0);
  winners[at] = select(4u, among, value > 0.0);
}
