// Of `conv`: the gradient of the input from that of `conv_pool`'s output. The gradient before the pool
// is each window's at the pixel that won, and zeros elsewhere. C counts channels of dy, O those of dx.

@group(0) @binding(0) var<storage, read> dy: array<f32>; // [N, C, H/2, W/2]
@group(0) @binding(1) var<storage, read> winners: array<u32>; // as dy
@group(0) @binding(2) var<storage, read> w: array<f32>; // [C, O, 3, 3]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [N, O, H, W]: dx
@group(0) @binding(4) var<storage, read> info: array<u32>;

// Four pixels that begin at an odd one meet three windows.
struct Source {
  at: u32, // of the first window in the first channel
  pixels: vec4u, // of the four in their windows; none where they lie in the border
}

fn source_at(n: u32, y: u32, column: u32) -> Source {
  let height = info[HEIGHT] / 2u;
  let width = info[WIDTH] / 2u;
  let columns = vec4u(column, column + 1u, column + 2u, column + 3u);
  let inside = n < info[N] && y / 2u < height;
  let start = (n * info[C] * height + y / 2u) * width + (column + 1u) / 2u - 1u;
  return Source(start, select(vec4u(5u), y % 2u * 2u + columns % 2u, vec4<bool>(inside) & (columns / 2u < vec4u(width))));
}

fn load(source: Source, c: u32) -> vec4f {
  let at = source.at + c * (info[HEIGHT] / 2u) * (info[WIDTH] / 2u);
  let last = arrayLength(&dy) - 1u;
  let windows = vec3u(min(at, last), min(at + 1u, last), min(at + 2u, last));
  let four = vec4f(dy[windows.x], dy[windows.y], dy[windows.y], dy[windows.z]);
  let won = vec4u(winners[windows.x], winners[windows.y], winners[windows.y], winners[windows.z]);
  return select(vec4f(), four, won == source.pixels);
}
