// The weights of a convolution as `conv` reads them: four channels of the output side by side.

@group(0) @binding(0) var<storage, read_write> w: array<f32>; // [O, C, 3, 3]
@group(0) @binding(1) var<storage, read_write> panels: array<vec4f>; // [outputs/4, inputs, 9]
@group(0) @binding(2) var<storage, read> info: array<u32>; // O, C, 1 to go from O to C with taps turned round

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let turned = info[2] > 0u;
  let inputs = select(info[1], info[0], turned);
  let outputs = select(info[0], info[1], turned);
  if id.x >= (outputs + 3u) / 4u * inputs * 9u {
    return;
  }
  let input = id.x / 9u % inputs;
  let output = id.x / 9u / inputs * 4u;
  var four = vec4f();
  for (var i = 0u; i < min(4u, outputs - output); i++) {
    if turned {
      four[i] = w[(input * info[1] + output + i) * 9u + 8u - id.x % 9u];
    } else {
      four[i] = w[((output + i) * info[1] + input) * 9u + id.x % 9u];
    }
  }
  panels[id.x] = four;
}
