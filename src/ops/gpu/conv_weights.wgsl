// Gradient of a 3x3 convolution's weights and bias: Σ over tiles of 4x4 pixels of dz times x.
//
// A thread has four channels of dz and one of x: 36 pixels of x and 64 of dz serve 576 multiply-adds.
// A workgroup has four channels of each, and 16 threads take turns with the tiles of its share, so
// that they read side by side; at last it adds up over them. `sum_pair` or `sum` add up the shares.

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [N, C, rows, quads] of `pad` with a border
@group(0) @binding(1) var<storage, read> dz: array<vec4f>; // [N, O, rows, quads] without
@group(0) @binding(2) var<storage, read_write> parts: array<f32>; // [shares, O * C * 9 + O]
@group(0) @binding(3) var<storage, read> info: array<u32>;

const N = 0u;
const C = 1u;
const DOWN = 2u; // tiles in a column and in a row of a picture
const ACROSS = 3u;
const O = 4u;
const SHARES = 5u;

const LANES = 16u; // threads that take turns

// For a pair of channels: a vector for each row of the kernel.
struct Taps {
  top: vec3f,
  middle: vec3f,
  bottom: vec3f,
}

// The six rows of x around a tile; the columns are what the three taps of a row meet.
struct Strip {
  rows: array<mat3x4f, 6>,
}

var<workgroup> held: array<f32, 1152>; // [channel of dz, of two][tap][thread]
var<workgroup> held_bias: array<vec4f, LANES>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let c = min(group.x * 4u + thread / LANES, info[C] - 1u);
  let o = group.y * 4u;
  let quads = info[ACROSS] + 1u;
  let plane = (info[DOWN] * 4u + 2u) * quads;
  let plane_dz = info[DOWN] * 4u * info[ACROSS];
  let others = min(vec3u(1u, 2u, 3u), vec3u(info[O] - 1u - o)) * plane_dz; // past the last, the last
  var taps0 = Taps();
  var taps1 = Taps();
  var taps2 = Taps();
  var taps3 = Taps();
  var bias = vec4f();
  for (var i = group.z * LANES + lane; i < info[N] * info[DOWN] * info[ACROSS]; i += info[SHARES] * LANES) {
    let n = i / info[ACROSS] / info[DOWN];
    let down = i / info[ACROSS] % info[DOWN] * 4u;
    let across = i % info[ACROSS];
    let seen = strip((n * info[C] + c) * plane + down * quads + across, quads);
    let at = (n * info[O] + o) * plane_dz + down * info[ACROSS] + across;
    // lavapipe wants all loads before the sums
    let z0 = tile(at);
    let z1 = tile(at + others.x);
    let z2 = tile(at + others.y);
    let z3 = tile(at + others.z);
    bias += vec4f(add(&taps0, z0, seen), add(&taps1, z1, seen), add(&taps2, z2, seen), add(&taps3, z3, seen));
  }
  if thread < LANES {
    held_bias[lane] = bias;
  }
  hold(thread, 0u, taps0);
  hold(thread, 1u, taps1);
  workgroupBarrier();
  finish(group, thread, o);
  if group.x == 0u && thread < 4u && o + thread < info[O] {
    var sum = 0.0;
    for (var i = 0u; i < LANES; i++) {
      sum += held_bias[i][thread];
    }
    parts[group.z * (info[O] * info[C] * 9u + info[O]) + info[O] * info[C] * 9u + o + thread] = sum;
  }
  workgroupBarrier();
  hold(thread, 0u, taps2);
  hold(thread, 1u, taps3);
  workgroupBarrier();
  finish(group, thread, o + 2u);
}

fn strip(at: u32, quads: u32) -> Strip {
  return Strip(array<mat3x4f, 6>(
    row(at), row(at + quads), row(at + quads * 2u), row(at + quads * 3u), row(at + quads * 4u), row(at + quads * 5u),
  ));
}

fn row(at: u32) -> mat3x4f {
  let left = x[at];
  let right = x[at + 1u];
  return mat3x4f(left, vec4f(left.yzw, right.x), vec4f(left.zw, right.xy));
}

/// A tile of dz, row by row.
fn tile(at: u32) -> mat4x4f {
  let quads = info[ACROSS];
  return mat4x4f(dz[at], dz[at + quads], dz[at + quads * 2u], dz[at + quads * 3u]);
}

/// Adds what a tile of dz gives to the taps, and returns its sum.
fn add(taps: ptr<function, Taps>, z: mat4x4f, s: Strip) -> f32 {
  (*taps).top += z[0] * s.rows[0] + z[1] * s.rows[1] + z[2] * s.rows[2] + z[3] * s.rows[3];
  (*taps).middle += z[0] * s.rows[1] + z[1] * s.rows[2] + z[2] * s.rows[3] + z[3] * s.rows[4];
  (*taps).bottom += z[0] * s.rows[2] + z[1] * s.rows[3] + z[2] * s.rows[4] + z[3] * s.rows[5];
  return dot(z[0] + z[1] + z[2] + z[3], vec4f(1.0));
}

fn hold(thread: u32, which: u32, taps: Taps) {
  for (var i = 0u; i < 3u; i++) {
    held[(which * 9u + i) * 64u + thread] = taps.top[i];
    held[(which * 9u + i + 3u) * 64u + thread] = taps.middle[i];
    held[(which * 9u + i + 6u) * 64u + thread] = taps.bottom[i];
  }
}

/// Adds up over the lanes the taps of two channels of dz with four of x.
fn finish(group: vec3u, thread: u32, first: u32) {
  for (var i = thread; i < 72u; i += 64u) {
    let c = group.x * 4u + i / 9u % 4u;
    let o = first + i / 36u;
    if c < info[C] && o < info[O] {
      let at = (i / 36u * 9u + i % 9u) * 64u + i / 9u % 4u * LANES;
      var sum = 0.0;
      for (var j = 0u; j < LANES; j++) {
        sum += held[at + j];
      }
      parts[group.z * (info[O] * info[C] * 9u + info[O]) + (o * info[C] + c) * 9u + i % 9u] = sum;
    }
  }
}
