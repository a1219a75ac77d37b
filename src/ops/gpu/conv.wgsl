// 3x3 convolution, stride 1, padding 1.
//
// A thread makes a tile of 4x4 pixels of four channels: 36 pixels and 36 weights serve 576
// multiply-adds. Loads are what lavapipe and small GPUs are short of, so both operands are laid out
// beforehand (`pad`, `conv_panels`) to be read four numbers at a time, with no look at bounds.
// The threads of a workgroup share their weights.
//
// The file that follows gives the outputs and `finish`.

@group(0) @binding(0) var<storage, read_write> padded: array<vec4f>; // [N, C, rows, quads]
@group(0) @binding(1) var<storage, read_write> panels: array<vec4f>; // [O/4, C, 9]

const N = 0u;
const C = 1u;
const HEIGHT = 2u;
const WIDTH = 3u;
const O = 4u;

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

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let down = (info[HEIGHT] + 3u) / 4u;
  let across = (info[WIDTH] + 3u) / 4u;
  let index = (group.z * groups.x + group.x) * 64u + thread;
  if index >= info[N] * down * across {
    return;
  }
  let tile = Tile(index / across / down, index / across % down * 4u, index % across * 4u);
  let quads = across + 1u;
  let plane = (down * 4u + 2u) * quads;
  var at = tile.n * info[C] * plane + tile.y * quads + tile.x / 4u;
  var k = group.y * info[C] * 9u;
  var sums = Sums();
  for (var c = 0u; c < info[C]; c++) {
    let l0 = padded[at];
    let r0 = padded[at + 1u];
    let l1 = padded[at + quads];
    let r1 = padded[at + quads + 1u];
    let l2 = padded[at + quads * 2u];
    let r2 = padded[at + quads * 2u + 1u];
    let l3 = padded[at + quads * 3u];
    let r3 = padded[at + quads * 3u + 1u];
    let l4 = padded[at + quads * 4u];
    let r4 = padded[at + quads * 4u + 1u];
    let l5 = padded[at + quads * 5u];
    let r5 = padded[at + quads * 5u + 1u];
    column(&sums, k, l0, l1, l2, l3, l4, l5);
    column(&sums, k + 1u, second(l0, r0), second(l1, r1), second(l2, r2), second(l3, r3), second(l4, r4), second(l5, r5));
    column(&sums, k + 2u, third(l0, r0), third(l1, r1), third(l2, r2), third(l3, r3), third(l4, r4), third(l5, r5));
    at += plane;
    k += 9u;
  }
  finish(tile, group.y * 4u, sums.a);
  finish(tile, group.y * 4u + 1u, sums.b);
  finish(tile, group.y * 4u + 2u, sums.c);
  finish(tile, group.y * 4u + 3u, sums.d);
}

fn second(left: vec4f, right: vec4f) -> vec4f {
  return vec4f(left.yzw, right.x);
}

fn third(left: vec4f, right: vec4f) -> vec4f {
  return vec4f(left.zw, right.xy);
}

/// Adds the three taps of a column of the kernel, given the six rows of pixels that they meet.
fn column(sums: ptr<function, Sums>, k: u32, r0: vec4f, r1: vec4f, r2: vec4f, r3: vec4f, r4: vec4f, r5: vec4f) {
  tap(sums, panels[k], mat4x4f(r0, r1, r2, r3));
  tap(sums, panels[k + 3u], mat4x4f(r1, r2, r3, r4));
  tap(sums, panels[k + 6u], mat4x4f(r2, r3, r4, r5));
}

fn tap(sums: ptr<function, Sums>, weights: vec4f, pixels: mat4x4f) {
  (*sums).a += pixels * weights.x;
  (*sums).b += pixels * weights.y;
  (*sums).c += pixels * weights.z;
  (*sums).d += pixels * weights.w;
}
