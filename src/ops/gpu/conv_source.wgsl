// Of `conv`: pixels as they lie in x.

struct Source {
  at: u32, // of the first of four pixels in the first channel
  inside: vec4<bool>, // false in the border
}

fn source_at(n: u32, y: u32, column: u32) -> Source {
  let columns = vec4u(column, column + 1u, column + 2u, column + 3u);
  let inside = n < info[N] && y < info[HEIGHT];
  return Source((n * info[C] * info[HEIGHT] + y) * info[WIDTH] + column, vec4<bool>(inside) & (columns < vec4u(info[WIDTH])));
}

fn load(source: Source, c: u32) -> vec4f {
  let at = source.at + c * info[HEIGHT] * info[WIDTH];
  let last = arrayLength(&x) - 1u;
  let four = vec4f(x[min(at, last)], x[min(at + 1u, last)], x[min(at + 2u, last)], x[min(at + 3u, last)]);
  return select(vec4f(), four, source.inside);
}
