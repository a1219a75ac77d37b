// The end of `conv`: the sums as they are.

@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, O, H, W]
@group(0) @binding(3) var<storage, read> info: array<u32>; // N, C, H, W, O

fn finish(tile: Tile, o: u32, sums: mat4x4f) {
  if o >= info[O] {
    return;
  }
  let plane = (tile.n * info[O] + o) * info[HEIGHT];
  for (var row = 0u; row < min(4u, info[HEIGHT] - tile.y); row++) {
    let at = (plane + tile.y + row) * info[WIDTH] + tile.x;
    for (var column = 0u; column < min(4u, info[WIDTH] - tile.x); column++) {
      y[at + column] = sums[row][column];
    }
  }
}
