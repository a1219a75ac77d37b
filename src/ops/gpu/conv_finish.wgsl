// Of `conv`: the sums as they are.

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
