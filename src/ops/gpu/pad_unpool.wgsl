// The gradient before max-pool and ReLU, padded as `pad` does: each window's gradient at the pixel
// that won, zeros elsewhere.

@group(0) @binding(0) var<storage, read> dy: array<f32>; // [planes, height/2, width/2]
@group(0) @binding(1) var<storage, read> winners: array<u32>; // as dy, of `conv_pool`
@group(0) @binding(2) var<storage, read_write> padded: array<vec4f>; // [planes, rows, quads]
@group(0) @binding(3) var<storage, read> info: array<u32>; // planes, height, width

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
  let height = info[1] / 2u;
  let width = info[2] / 2u;
  if y / 2u >= height || column / 2u >= width {
    return 0.0;
  }
  let at = (plane * height + y / 2u) * width + column / 2u;
  return select(0.0, dy[at], winners[at] == y % 2u * 2u + column % 2u);
}
