// y = a · b for matrices that lie in memory in either order.
//
// A workgroup makes a tile of 64x64 numbers, of which a thread has 8x8; it holds eight columns of a
// and rows of b at a time. With few tiles and a long way to sum, workgroups share the sum: each
// leaves a part, which `sum` or `sum_bias` add up.
//
// A file before this one gives the bindings, `of_a`, `of_b` and `finish`.

const ROWS = 0u;
const COLUMNS = 1u;
const DEPTH = 2u; // numbers in a sum
const SHARE = 3u; // of them for a workgroup, a multiple of eight
const A_ROW = 4u; // steps from row to row and from column to column
const A_COLUMN = 5u;
const B_ROW = 6u;
const B_COLUMN = 7u;

const STEP = 8u;
const THREADS = 64u;

var<workgroup> held_a: array<vec4f, 128>; // [step][four rows of the tile]
var<workgroup> held_b: array<vec4f, 128>; // [step][four columns of the tile]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.y * 64u;
  let column = group.x * 64u;
  let end = min((group.z + 1u) * info[SHARE], info[DEPTH]);
  let down = thread / 8u;
  let across = thread % 8u;
  // columns are rows of the tile
  var upper_left = mat4x4f();
  var upper_right = mat4x4f();
  var lower_left = mat4x4f();
  var lower_right = mat4x4f();
  for (var start = group.z * info[SHARE]; start < end; start += STEP) {
    workgroupBarrier();
    for (var i = thread; i < STEP * 16u; i += THREADS) {
      let in_a = place(i, info[A_COLUMN]);
      held_a[in_a.x * 16u + in_a.y] = four_of_a(row + in_a.y * 4u, start + in_a.x, end);
      let in_b = place(i, info[B_ROW]);
      held_b[in_b.x * 16u + in_b.y] = four_of_b(column + in_b.y * 4u, start + in_b.x, end);
    }
    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let upper = held_a[k * 16u + down];
      let lower = held_a[k * 16u + down + 8u];
      let left = held_b[k * 16u + across];
      let right = held_b[k * 16u + across + 8u];
      upper_left += outer(upper, left);
      upper_right += outer(upper, right);
      lower_left += outer(lower, left);
      lower_right += outer(lower, right);
    }
  }
  let first = vec2u(row + down * 4u, column + across * 4u);
  write(group.z, first, upper_left);
  write(group.z, first + vec2u(0u, 32u), upper_right);
  write(group.z, first + vec2u(32u, 0u), lower_left);
  write(group.z, first + vec2u(32u, 32u), lower_right);
}

/// Step and four of a thread's load, so that threads side by side read what lies side by side.
fn place(i: u32, stride: u32) -> vec2u {
  return select(vec2u(i / 16u, i % 16u), vec2u(i % STEP, i / STEP), stride == 1u);
}

fn four_of_a(row: u32, k: u32, end: u32) -> vec4f {
  let rows = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(info[ROWS] - 1u));
  let at = rows * info[A_ROW] + min(k, end - 1u) * info[A_COLUMN];
  return select(vec4f(), vec4f(of_a(at.x), of_a(at.y), of_a(at.z), of_a(at.w)), k < end);
}

fn four_of_b(column: u32, k: u32, end: u32) -> vec4f {
  let columns = min(vec4u(column, column + 1u, column + 2u, column + 3u), vec4u(info[COLUMNS] - 1u));
  let at = columns * info[B_COLUMN] + min(k, end - 1u) * info[B_ROW];
  return select(vec4f(), vec4f(of_b(at.x), of_b(at.y), of_b(at.z), of_b(at.w)), k < end);
}

fn outer(rows: vec4f, columns: vec4f) -> mat4x4f {
  return mat4x4f(columns * rows.x, columns * rows.y, columns * rows.z, columns * rows.w);
}

fn write(part: u32, first: vec2u, sums: mat4x4f) {
  var rows = sums; // some compilers index only variables
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      if first.x + i < info[ROWS] && first.y + j < info[COLUMNS] {
        finish(part * info[ROWS] * info[COLUMNS], first.x + i, first.y + j, rows[i][j]);
      }
    }
  }
}
