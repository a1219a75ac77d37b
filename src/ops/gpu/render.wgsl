// Views of pictures by torchvision's definitions, a view a workgroup. The table is that of augment/table.rs.
@group(0) @binding(0) var<storage, read> pictures: array<f32>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> views: array<f32>;
@group(0) @binding(3) var<storage, read_write> between: array<f32>;
// Views, pictures, side, columns of the table.
@group(0) @binding(4) var<storage, read> info: array<u32>;

const FLIP = 4u;
const SINE = 5u;
const COSINE = 6u;
const GRAYSCALE = 7u;
const BLUR_RADIUS = 8u;
const BLUR_SIGMA = 9u;
const SOLARIZE = 10u;
const MEAN_AT = 11u;
const HUE = 12u;
const BLENDS = 13u;
const STAGES = 7u;
const HUE_AT = 3u;

var<workgroup> sums: array<f32, 64>;

fn luma(color: vec3<f32>) -> f32 {
  return dot(color, vec3<f32>(0.2989, 0.587, 0.114));
}

// Where on an axis a pixel looks, in pixels of the picture.
fn center_of(pixel: u32, start: f32, length: f32, side: f32, backwards: bool) -> f32 {
  let along = length / side * (f32(pixel) + 0.5);
  return select(start + along, start + length - along, backwards);
}

// Weights of three pixels from `first` on; those outside the box do not count.
fn taps(first: f32, center: f32, start: f32, length: f32) -> vec3<f32> {
  let middle = vec3<f32>(first + 0.5, first + 1.5, first + 2.5);
  let triangle = max(vec3<f32>(0.0), 1.0 - abs(middle - center));
  let inside = (middle >= vec3<f32>(start)) & (middle < vec3<f32>(start + length));
  let weights = select(vec3<f32>(0.0), triangle, inside);
  return weights / (weights.x + weights.y + weights.z);
}

fn cropped(picture: u32, row: u32, y: u32, x: u32, side: u32) -> vec3<f32> {
  let box = vec4<f32>(table[row], table[row + 1u], table[row + 2u], table[row + 3u]);
  let extent = f32(side);
  let across = center_of(x, box.x, box.z, extent, table[row + FLIP] != 0.0);
  let down = center_of(y, box.y, box.w, extent, false);
  let left = max(0.0, floor(across - 1.5));
  let top = max(0.0, floor(down - 1.5));
  let columns = taps(left, across, box.x, box.z);
  let rows = taps(top, down, box.y, box.w);
  let plane = side * side;
  var color = vec3<f32>();
  for (var j = 0u; j < 3u; j += 1u) {
    for (var i = 0u; i < 3u; i += 1u) {
      let weight = rows[j] * columns[i];
      // A pixel beyond the edge has no weight; any other will do in its place.
      let place = min(u32(top) + j, side - 1u) * side + min(u32(left) + i, side - 1u);
      let first = picture * 3u * plane + place;
      color += weight * vec3<f32>(pictures[first], pictures[first + plane], pictures[first + 2u * plane]);
    }
  }
  return color;
}

fn between_at(base: u32, plane: u32, place: u32) -> vec3<f32> {
  let first = base + place;
  return vec3<f32>(between[first], between[first + plane], between[first + 2u * plane]);
}

fn views_at(base: u32, plane: u32, place: u32) -> vec3<f32> {
  let first = base + place;
  return vec3<f32>(views[first], views[first + plane], views[first + 2u * plane]);
}

fn set_views(base: u32, plane: u32, place: u32, color: vec3<f32>) {
  views[base + place] = color.x;
  views[base + plane + place] = color.y;
  views[base + 2u * plane + place] = color.z;
}

fn set_between(base: u32, plane: u32, place: u32, color: vec3<f32>) {
  between[base + place] = color.x;
  between[base + plane + place] = color.y;
  between[base + 2u * plane + place] = color.z;
}

// Turned about the middle, with bilinear interpolation: what comes in from outside is black.
fn rotated(base: u32, row: u32, place: u32, side: u32) -> vec3<f32> {
  let plane = side * side;
  let sine = table[row + SINE];
  let cosine = table[row + COSINE];
  if (sine == 0.0 && cosine == 1.0) {
    return between_at(base, plane, place);
  }
  let extent = f32(side);
  let middle = (extent - 1.0) / 2.0;
  let x = f32(place % side) - middle;
  let y = f32(place / side) - middle;
  let column = x * cosine - y * sine + middle;
  let line = x * sine + y * cosine + middle;
  var color = vec3<f32>();
  for (var corner = 0u; corner < 4u; corner += 1u) {
    let at = vec2<f32>(floor(column) + f32(corner % 2u), floor(line) + f32(corner / 2u));
    if (at.x >= 0.0 && at.x < extent && at.y >= 0.0 && at.y < extent) {
      let weight = (1.0 - abs(at.x - column)) * (1.0 - abs(at.y - line));
      color += weight * between_at(base, plane, u32(at.y) * side + u32(at.x));
    }
  }
  return color;
}

// By way of HSV: value and chroma stay, the six-part circle moves.
fn turn_hue(color: vec3<f32>, turns: f32) -> vec3<f32> {
  let value = max(color.x, max(color.y, color.z));
  let chroma = value - min(color.x, min(color.y, color.z));
  if (turns == 0.0 || chroma == 0.0) {
    return color;
  }
  var hue = (color.x - color.y) / chroma + 4.0;
  if (color.x == value) {
    hue = (color.y - color.z) / chroma;
  } else if (color.y == value) {
    hue = (color.z - color.x) / chroma + 2.0;
  }
  var place = vec3<f32>(5.0, 3.0, 1.0) + (hue + 6.0 * turns);
  place -= floor(place / 6.0) * 6.0;
  return value - chroma * clamp(min(place, 4.0 - place), vec3<f32>(0.0), vec3<f32>(1.0));
}

fn jittered(color: vec3<f32>, stage: u32, mean: f32, row: u32) -> vec3<f32> {
  if (stage == HUE_AT) {
    return turn_hue(color, table[row + HUE]);
  }
  let blend = row + BLENDS + 3u * select(stage - 1u, stage, stage < HUE_AT);
  let factor = table[blend];
  if (factor == 1.0) {
    return color;
  }
  let goal = table[blend + 1u] * mean + table[blend + 2u] * luma(color);
  let mixed = color * factor + vec3<f32>(goal * (1.0 - factor));
  return clamp(mixed, vec3<f32>(0.0), vec3<f32>(1.0));
}

fn mirror(place: i32, side: i32) -> u32 {
  let last = side - 1;
  let inner = abs(place);
  return u32(clamp(select(inner, 2 * last - inner, inner > last), 0, last));
}

// The rows and then the columns of a Gaussian: one axis of it, from `views` or from `between`.
fn blurred(base: u32, row: u32, place: u32, side: u32, down: bool) -> vec3<f32> {
  let plane = side * side;
  let radius = i32(table[row + BLUR_RADIUS]);
  let sigma = table[row + BLUR_SIGMA];
  let x = i32(place % side);
  let y = i32(place / side);
  var color = vec3<f32>();
  var total = 0.0;
  for (var offset = -radius; offset <= radius; offset += 1) {
    let part = f32(offset) / sigma;
    let weight = exp(-0.5 * part * part);
    total += weight;
    if (down) {
      color += weight * views_at(base, plane, mirror(y + offset, i32(side)) * side + u32(x));
    } else {
      color += weight * between_at(base, plane, u32(y) * side + mirror(x + offset, i32(side)));
    }
  }
  return color / total;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let view = group.x;
  let side = info[2];
  let plane = side * side;
  let row = view * info[3];
  let base = view * 3u * plane;
  let picture = view % info[1];

  for (var place = thread; place < plane; place += 64u) {
    set_between(base, plane, place, cropped(picture, row, place / side, place % side, side));
  }
  storageBarrier();

  // As far as the stage that needs the mean of what was made before it.
  let mean_at = u32(table[row + MEAN_AT]);
  var gray = 0.0;
  for (var place = thread; place < plane; place += 64u) {
    var color = rotated(base, row, place, side);
    for (var stage = 0u; stage < mean_at; stage += 1u) {
      color = jittered(color, stage, 0.0, row);
    }
    gray += luma(color);
    set_views(base, plane, place, color);
  }
  sums[thread] = gray;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
    workgroupBarrier();
  }
  let mean = sums[0] / f32(plane);

  for (var place = thread; place < plane; place += 64u) {
    var color = views_at(base, plane, place);
    for (var stage = mean_at; stage < STAGES; stage += 1u) {
      color = jittered(color, stage, mean, row);
    }
    if (table[row + GRAYSCALE] != 0.0) {
      color = vec3<f32>(luma(color));
    }
    set_views(base, plane, place, color);
  }
  storageBarrier();

  let blurs = table[row + BLUR_RADIUS] > 0.0;
  if (blurs) {
    for (var place = thread; place < plane; place += 64u) {
      set_between(base, plane, place, blurred(base, row, place, side, true));
    }
  }
  storageBarrier();

  let threshold = table[row + SOLARIZE];
  for (var place = thread; place < plane; place += 64u) {
    var color = views_at(base, plane, place);
    if (blurs) {
      color = blurred(base, row, place, side, false);
    }
    set_views(base, plane, place, select(color, 1.0 - color, color >= vec3<f32>(threshold)));
  }
}
