// Pictures with a border of zeros, as `conv` and `conv_weights` read them: rows of four numbers at a
// time that begin one pixel left of the picture, so that none of their loads needs a look at bounds.

@group(0) @binding(0) var<storage, read> x: array<f32>; // [planes, height, width]
@group(0) @binding(1) var<storage, read_write> padded: array<vec4f>; // [planes, rows, quads]
@group(0) @binding(2) var<storage, read> info: array<u32>; // planes, height, width

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = (group.y * groups.x + group.x) * 64u + thread;
  let quads = (info[2] + 3u) / 4u + 1u;
  let rows = (info[1] + 3u) / 4u * 4u + 2u;
  if at >= info[0] * rows * quads {
    return;
  }
  let plane = at / quads / rows;
  let y = at / quads % rows - 1u; // wraps to a number past the end in the border
  let left = at % quads * 4u - 1u;
  padded[at] = vec4f(
    pixel(plane, y, left), pixel(plane, y, left + 1u), pixel(plane, y, left + 2u), pixel(plane, y, left + 3u),
  );
}

fn pixel(plane: u32, y: u32, column: u32) -> f32 {
  if y >= info[1] || column >= info[2] {
    return 0.0;
  }
  return x[(plane * info[1] + y) * info[2] + column];
}
