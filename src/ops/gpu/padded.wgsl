// The main part of `pad` and `pad_unpool`: a thread makes four numbers.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let at = (group.y * groups.x + group.x) * 64u + thread;
  let quads = (info[2] + 3u) / 4u + info[3];
  let rows = (info[1] + 3u) / 4u * 4u + 2u * info[3];
  if at >= info[0] * rows * quads {
    return;
  }
  let plane = at / quads / rows;
  let y = at / quads % rows - info[3]; // in the border it wraps to a number past the end
  let left = at % quads * 4u - info[3];
  padded[at] = four(plane, y, left);
}
