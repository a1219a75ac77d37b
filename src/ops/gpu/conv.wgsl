// 3x3 convolution, stride 1, padding 1.
//
// A thread makes a tile of 4x4 pixels of four channels: 36 pixels and 36 weights serve 576
// multiply-adds. A workgroup makes 16 tiles of 32 channels and holds, for one channel of the input
// at a time, their pixels in rows of four that begin one pixel left of a tile, and their weights.
//
// A file before this one gives the bindings, `source_at`, `load` and `finish`.

const N = 0u;
const C = 1u; // channels of the input
const HEIGHT = 2u;
const WIDTH = 3u;
const O = 4u; // channels of the output
const TILES_DOWN = 5u; // tiles of a workgroup: down, across, and by division of 16, pictures
const TILES_ACROSS = 6u;
const TURNED = 7u; // 1 where w is [C, O, 3, 3] and its taps are turned round, as for a gradient

const THREADS = 128u;
const TILES = 16u;

var<workgroup> pixels: array<vec4f, 192>; // [picture, row, quad]
var<workgroup> weights: array<vec4f, 72>; // [channels of the output / 4, tap]

struct Tile {
  n: u32,
  y: u32, // its first pixel
  x: u32,
}

// Sums of four channels: columns are rows of the tile.
struct Sums {
  a: mat4x4f,
  b: mat4x4f,
  c: mat4x4f,
  d: mat4x4f,
}

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = first_tile(group.z * groups.x + group.x);
  let quads = info[TILES_ACROSS] + 1u;
  let rows = info[TILES_DOWN] * 4u + 2u;
  let area = info[TILES_DOWN] * info[TILES_ACROSS];
  let needed = TILES / area * rows * quads;
  let one = source(first, thread, rows, quads);
  let two = source(first, thread + THREADS, rows, quads);
  let rows_of_w = weights_at(group.y * 32u + thread / 9u * 4u, thread % 9u);
  let stride = select(9u, info[O] * 9u, info[TURNED] > 0u);

  let of_tile = thread % TILES;
  let down = of_tile % area / info[TILES_ACROSS];
  let across = of_tile % info[TILES_ACROSS];
  let at = (of_tile / area * rows + down * 4u) * quads + across;
  let at_weights = thread / TILES * 9u;
  var sums = Sums();
  for (var c = 0u; c < info[C]; c++) {
    workgroupBarrier();
    if thread < needed {
      pixels[thread] = load(one, c);
    }
    if thread + THREADS < needed {
      pixels[thread + THREADS] = load(two, c);
    }
    if thread < 72u {
      let of_c = rows_of_w + c * stride;
      weights[thread] = vec4f(w[of_c.x], w[of_c.y], w[of_c.z], w[of_c.w]);
    }
    workgroupBarrier();
    let l0 = pixels[at];
    let r0 = pixels[at + 1u].xy;
    let l1 = pixels[at + quads];
    let r1 = pixels[at + quads + 1u].xy;
    let l2 = pixels[at + quads * 2u];
    let r2 = pixels[at + quads * 2u + 1u].xy;
    let l3 = pixels[at + quads * 3u];
    let r3 = pixels[at + quads * 3u + 1u].xy;
    let l4 = pixels[at + quads * 4u];
    let r4 = pixels[at + quads * 4u + 1u].xy;
    let l5 = pixels[at + quads * 5u];
    let r5 = pixels[at + quads * 5u + 1u].xy;
    column(&sums, at_weights, l0, l1, l2, l3, l4, l5);
    column(&sums, at_weights + 1u, vec4f(l0.yzw, r0.x), vec4f(l1.yzw, r1.x), vec4f(l2.yzw, r2.x),
      vec4f(l3.yzw, r3.x), vec4f(l4.yzw, r4.x), vec4f(l5.yzw, r5.x));
    column(&sums, at_weights + 2u, vec4f(l0.zw, r0), vec4f(l1.zw, r1), vec4f(l2.zw, r2),
      vec4f(l3.zw, r3), vec4f(l4.zw, r4), vec4f(l5.zw, r5));
  }
  let tile = Tile(first.n + of_tile / area, first.y + down * 4u, first.x + across * 4u);
  let o = group.y * 32u + thread / TILES * 4u;
  if tile.n < info[N] && tile.y < info[HEIGHT] && tile.x < info[WIDTH] {
    finish(tile, o, sums.a);
    finish(tile, o + 1u, sums.b);
    finish(tile, o + 2u, sums.c);
    finish(tile, o + 3u, sums.d);
  }
}

/// The first tile of a workgroup.
fn first_tile(region: u32) -> Tile {
  let height = info[TILES_DOWN] * 4u;
  let width = info[TILES_ACROSS] * 4u;
  let down = (info[HEIGHT] + height - 1u) / height;
  let across = (info[WIDTH] + width - 1u) / width;
  let pictures = TILES / (info[TILES_DOWN] * info[TILES_ACROSS]);
  return Tile(region / across / down * pictures, region / across % down * height, region % across * width);
}

/// Where the `i`th four pixels held come from.
fn source(first: Tile, i: u32, rows: u32, quads: u32) -> Source {
  // in the border a coordinate wraps to a number past the end
  return source_at(first.n + i / quads / rows, first.y + i / quads % rows - 1u, first.x + i % quads * 4u - 1u);
}

/// Where the weights of a tap for four channels lie for the first channel of the input; past the last, those of the last.
fn weights_at(o: u32, tap: u32) -> vec4u {
  let four = min(vec4u(o, o + 1u, o + 2u, o + 3u), vec4u(info[O] - 1u));
  if info[TURNED] > 0u {
    return four * 9u + 8u - tap;
  }
  return four * info[C] * 9u + tap;
}

/// Adds the three taps of a column of the kernel, given the six rows of pixels that they meet.
fn column(sums: ptr<function, Sums>, k: u32, r0: vec4f, r1: vec4f, r2: vec4f, r3: vec4f, r4: vec4f, r5: vec4f) {
  tap(sums, weights[k], mat4x4f(r0, r1, r2, r3));
  tap(sums, weights[k + 3u], mat4x4f(r1, r2, r3, r4));
  tap(sums, weights[k + 6u], mat4x4f(r2, r3, r4, r5));
}

fn tap(sums: ptr<function, Sums>, four: vec4f, tile: mat4x4f) {
  (*sums).a += tile * four.x;
  (*sums).b += tile * four.y;
  (*sums).c += tile * four.z;
  (*sums).d += tile * four.w;
}
