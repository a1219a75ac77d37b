// Gradient of a 3x3 convolution's weights and bias: Σ over tiles of 4x4 pixels of dz times x.
//
// A workgroup takes two channels of each side and some of the tiles, one a thread at a time, so that
// its threads read side by side; at last it adds up over its threads. `sum` adds up over workgroups.

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [N, C, rows, quads] of `pad`
@group(0) @binding(1) var<storage, read> dz: array<vec4f>; // [N, O, rows, quads]
@group(0) @binding(2) var<storage, read_write> parts: array<f32>; // [splits, O * C * 9 + O]
@group(0) @binding(3) var<storage, read> info: array<u32>; // N, C, H, W, O, splits

const N = 0u;
const C = 1u;
const HEIGHT = 2u;
const WIDTH = 3u;
const O = 4u;
const SPLITS = 5u;
const THREADS = 64u;

// For a pair of channels: the taps of a row of the kernel side by side.
struct Taps {
  top: vec3f,
  middle: vec3f,
  bottom: vec3f,
}

// For a channel of dz: with each of the two channels of x.
struct Sums {
  first: Taps,
  second: Taps,
  bias: f32,
}

var<workgroup> held: array<f32, THREADS * 19u>; // [what is summed][thread]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let down = (info[HEIGHT] + 3u) / 4u;
  let across = (info[WIDTH] + 3u) / 4u;
  let quads = across + 1u;
  let plane = (down * 4u + 2u) * quads;
  let o = group.y * 2u;
  let c = group.x * 2u;
  let next_o = select(0u, plane, o + 1u < info[O]); // without a second channel, the first again
  let next_c = select(0u, plane, c + 1u < info[C]);
  var sums0 = Sums();
  var sums1 = Sums();
  for (var i = group.z * THREADS + thread; i < info[N] * down * across; i += info[SPLITS] * THREADS) {
    let n = i / across / down;
    let inside = i / across % down * 4u * quads + i % across;
    let at_dz = (n * info[O] + o) * plane + quads + inside;
    let at_x = (n * info[C] + c) * plane + inside;
    let a = block(at_dz, quads);
    let b = block(at_dz + next_o, quads);
    let seen = strip(at_x, quads);
    add(&sums0.first, a, seen);
    add(&sums1.first, b, seen);
    let other = strip(at_x + next_c, quads);
    add(&sums0.second, a, other);
    add(&sums1.second, b, other);
    sums0.bias += total(a);
    sums1.bias += total(b);
  }
  let part = group.z * (info[O] * info[C] * 9u + info[O]);
  finish(thread, part, o, c, sums0);
  workgroupBarrier();
  finish(thread, part, o + 1u, c, sums1);
}

/// A tile of dz, row by row.
fn block(at: u32, quads: u32) -> mat4x4f {
  return mat4x4f(
    second(dz[at], dz[at + 1u]),
    second(dz[at + quads], dz[at + quads + 1u]),
    second(dz[at + quads * 2u], dz[at + quads * 2u + 1u]),
    second(dz[at + quads * 3u], dz[at + quads * 3u + 1u]),
  );
}

/// The six rows of x around a tile; columns are what the three taps of a row meet.
struct Strip {
  rows: array<mat3x4f, 6>,
}

fn strip(at: u32, quads: u32) -> Strip {
  return Strip(array<mat3x4f, 6>(
    row(at), row(at + quads), row(at + quads * 2u), row(at + quads * 3u), row(at + quads * 4u), row(at + quads * 5u),
  ));
}

fn row(at: u32) -> mat3x4f {
  let left = x[at];
  let right = x[at + 1u];
  return mat3x4f(left, second(left, right), vec4f(left.zw, right.xy));
}

fn second(left: vec4f, right: vec4f) -> vec4f {
  return vec4f(left.yzw, right.x);
}

fn add(taps: ptr<function, Taps>, z: mat4x4f, s: Strip) {
  (*taps).top += z[0] * s.rows[0] + z[1] * s.rows[1] + z[2] * s.rows[2] + z[3] * s.rows[3];
  (*taps).middle += z[0] * s.rows[1] + z[1] * s.rows[2] + z[2] * s.rows[3] + z[3] * s.rows[4];
  (*taps).bottom += z[0] * s.rows[2] + z[1] * s.rows[3] + z[2] * s.rows[4] + z[3] * s.rows[5];
}

fn total(z: mat4x4f) -> f32 {
  return dot(z[0] + z[1] + z[2] + z[3], vec4f(1.0));
}

/// Adds up over the threads: a thread for each of the nineteen sums.
fn finish(thread: u32, part: u32, o: u32, c: u32, sums: Sums) {
  put(thread, 0u, sums.first);
  put(thread, 9u, sums.second);
  held[18u * THREADS + thread] = sums.bias;
  workgroupBarrier();
  let of_x = c + thread / 9u;
  if thread > 18u || o >= info[O] || (thread < 18u && of_x >= info[C]) || (thread == 18u && c > 0u) {
    return;
  }
  var sum = 0.0;
  for (var i = 0u; i < THREADS; i++) {
    sum += held[thread * THREADS + i];
  }
  let bias = info[O] * info[C] * 9u + o;
  parts[part + select((o * info[C] + of_x) * 9u + thread % 9u, bias, thread == 18u)] = sum;
}

fn put(thread: u32, first: u32, taps: Taps) {
  for (var i = 0u; i < 3u; i++) {
    held[(first + i) * THREADS + thread] = taps.top[i];
    held[(first + 3u + i) * THREADS + thread] = taps.middle[i];
    held[(first + 6u + i) * THREADS + thread] = taps.bottom[i];
  }
}
