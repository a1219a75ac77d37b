// Of `conv`: the sums as they are.

fn finish(tile: Tile, o: u32, sums: mat4x4f) {
  if o >= info[O] {
    return;
  }
  var four_rows = sums; // some compilers index only variables
  let plane = (tile.n * info[O] + o) * info[HEIGHT];
  for (var row = 0u; row < 4u; row++) {
    let at = (plane + tile.y + row) * info[WIDTH] + tile.x;
    for (var column = 0u; column < 4u; column++) {
      if tile.y + row < info[HEIGHT] && tile.x + column < info[WIDTH] {
        y[at + column] = four_rows[row][column];
      }
    }
  }
}
