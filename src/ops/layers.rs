//! The kernels that are learned through: forward as they are, backward by their own gradients.

use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Flex, TensorMetadata, backend_extension};
#[cfg(target_arch = "wasm32")]
use burn_cubecl::CubeBackend as Cube;

use super::kernels::{Counted, Kernels, Product, Wanted};

/// See the functions in [`super`].
#[backend_extension(Flex, Cube: cfg(target_arch = "wasm32"), Autodiff)]
pub(crate) trait Layers: Backend {
    fn normalize(z: FloatTensor<Self>) -> FloatTensor<Self>;

    fn similarities(rows: FloatTensor<Self>, others: FloatTensor<Self>) -> FloatTensor<Self>;

    fn linear(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        relu: bool,
    ) -> FloatTensor<Self>;

    fn contrast(
        similarities: FloatTensor<Self>,
        log_weights: FloatTensor<Self>,
        roles: FloatTensor<Self>,
        counted: Counted,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);

    fn conv_pool(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
    ) -> FloatTensor<Self>;

    fn conv(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        stride: usize,
    ) -> FloatTensor<Self>;
}

macro_rules! layers_without_gradients {
    ($backend:ty) => {
        impl Layers for $backend {
            fn normalize(z: FloatTensor<Self>) -> FloatTensor<Self> {
                <Self as Kernels>::normalize(z)
            }

            fn similarities(
                rows: FloatTensor<Self>,
                others: FloatTensor<Self>,
            ) -> FloatTensor<Self> {
                <Self as Kernels>::product(rows, others, Product::Right)
            }

            fn linear(
                input: FloatTensor<Self>,
                weight: FloatTensor<Self>,
                bias: FloatTensor<Self>,
                relu: bool,
            ) -> FloatTensor<Self> {
                <Self as Kernels>::linear(input, weight, bias, relu)
            }

            fn contrast(
                similarities: FloatTensor<Self>,
                log_weights: FloatTensor<Self>,
                roles: FloatTensor<Self>,
                counted: Counted,
            ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
                let found = <Self as Kernels>::contrast(similarities, log_weights, roles, counted);
                found.into()
            }

            fn conv_pool(
                input: FloatTensor<Self>,
                weight: FloatTensor<Self>,
                bias: FloatTensor<Self>,
            ) -> FloatTensor<Self> {
                <Self as Kernels>::conv_pool(input, weight, bias).0
            }

            fn conv(
                input: FloatTensor<Self>,
                weight: FloatTensor<Self>,
                stride: usize,
            ) -> FloatTensor<Self> {
                <Self as Kernels>::conv(input, weight, stride).0
            }
        }
    };
}

layers_without_gradients!(Flex);
#[cfg(target_arch = "wasm32")]
layers_without_gradients!(Cube);

impl<B: Kernels, C: CheckpointStrategy> Layers for Autodiff<B, C> {
    fn normalize(z: FloatTensor<Self>) -> FloatTensor<Self> {
        let output = B::normalize(z.primitive().clone());
        let prepared = Normalize.prepare::<C>([z.node()]).compute_bound().stateful();
        match prepared {
            OpsKind::Tracked(prepared) => prepared.finish(z.into_primitive(), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }

    fn similarities(rows: FloatTensor<Self>, others: FloatTensor<Self>) -> FloatTensor<Self> {
        let nodes = [rows.node(), others.node()];
        let (rows, others) = (rows.into_primitive(), others.into_primitive());
        let output = B::product(rows.clone(), others.clone(), Product::Right);
        match Similarities.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((rows, others), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }

    fn linear(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        relu: bool,
    ) -> FloatTensor<Self> {
        let nodes = [input.node(), weight.node(), bias.node()];
        let (input, weight) = (input.into_primitive(), weight.into_primitive());
        let output =
            <B as Kernels>::linear(input.clone(), weight.clone(), bias.into_primitive(), relu);
        let op = Linear { relu };
        match op.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((input, weight, output.clone()), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }

    fn contrast(
        similarities: FloatTensor<Self>,
        log_weights: FloatTensor<Self>,
        roles: FloatTensor<Self>,
        counted: Counted,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let nodes = [similarities.node(), log_weights.node()];
        let (similarities, log_weights) =
            (similarities.into_primitive(), log_weights.into_primitive());
        let roles = roles.into_primitive();
        let [loss, per_row, top1] =
            B::contrast(similarities.clone(), log_weights.clone(), roles.clone(), counted);
        let op = Contrast { counted };
        let loss = match op.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((similarities, log_weights, roles), loss),
            OpsKind::UnTracked(prepared) => prepared.finish(loss),
        };
        (loss, FloatTensor::<Self>::new(per_row), FloatTensor::<Self>::new(top1))
    }

    fn conv_pool(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let nodes = [input.node(), weight.node(), bias.node()];
        let op = ConvPool { input: input.shape().dims() };
        let (input, weight) = (input.into_primitive(), weight.into_primitive());
        let (output, kept, winners) = B::conv_pool(input, weight.clone(), bias.into_primitive());
        match op.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(((kept, winners), weight), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }

    fn conv(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        stride: usize,
    ) -> FloatTensor<Self> {
        let nodes = [input.node(), weight.node()];
        let op = Conv { stride, input: input.shape().dims() };
        let (input, weight) = (input.into_primitive(), weight.into_primitive());
        let (output, kept) = B::conv(input, weight.clone(), stride);
        match op.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((kept, weight), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }
}

/// Gives each input that is learned its slopes, if they were made.
fn register<B: Backend, const N: usize>(
    gradients: &mut Gradients,
    inputs: [Option<NodeId>; N],
    slopes: [Option<FloatTensor<B>>; N],
) {
    for (input, slopes) in inputs.into_iter().zip(slopes) {
        if let (Some(input), Some(slopes)) = (input, slopes) {
            gradients.register::<B>(input, slopes);
        }
    }
}

#[derive(Debug)]
struct Normalize;

impl<B: Kernels> Backward<B, 1> for Normalize {
    /// z
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [z] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        if let Some(node) = z {
            gradients.register::<B>(node.id, B::normalize_back(ops.state, gradient));
        }
    }
}

#[derive(Debug)]
struct Similarities;

impl<B: Kernels> Backward<B, 2> for Similarities {
    /// Rows and others.
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let [of_rows, of_others] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        let (rows, others) = ops.state;
        if let Some(node) = of_rows {
            let product = B::product(gradient.clone(), others, Product::Plain);
            gradients.register::<B>(node.id, product);
        }
        if let Some(node) = of_others {
            gradients.register::<B>(node.id, B::product(gradient, rows, Product::Left));
        }
    }
}

#[derive(Debug)]
struct Linear {
    relu: bool,
}

impl<B: Kernels> Backward<B, 3> for Linear {
    /// Input, weight and output.
    type State = (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let inputs = ops.parents.map(|input| Some(input?.id));
        let gradient = gradients.consume::<B>(&ops.node);
        let (input, weight, output) = ops.state;
        let wanted = inputs[0].is_some();
        let (of_input, [of_weight, of_bias]) =
            B::linear_back(input, weight, output, gradient, self.relu, wanted);
        register::<B, _>(gradients, inputs, [of_input, Some(of_weight), Some(of_bias)]);
    }
}

#[derive(Debug)]
struct Contrast {
    counted: Counted,
}

impl<B: Kernels> Backward<B, 2> for Contrast {
    /// Similarities, weights and roles.
    type State = (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let inputs = ops.parents.map(|input| Some(input?.id));
        let gradient = gradients.consume::<B>(&ops.node);
        let (similarities, log_weights, roles) = ops.state;
        let found = B::contrast_back(similarities, log_weights, roles, gradient, self.counted);
        register::<B, _>(gradients, inputs, found.map(Some));
    }
}

#[derive(Debug)]
struct ConvPool {
    input: [usize; 4],
}

impl<B: Kernels> Backward<B, 3> for ConvPool {
    /// Input and winners as they were kept, and weight.
    type State = ((FloatTensor<B>, IntTensor<B>), FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let inputs = ops.parents.map(|input| Some(input?.id));
        let gradient = gradients.consume::<B>(&ops.node);
        let (kept, weights) = ops.state;
        let wanted = Wanted { shape: self.input, wanted: inputs[0].is_some() };
        let found = B::conv_pool_back(kept, weights, gradient, wanted);
        let found = [found.input, Some(found.weight), Some(found.bias)];
        register::<B, _>(gradients, inputs, found);
    }
}

#[derive(Debug)]
struct Conv {
    stride: usize,
    input: [usize; 4],
}

impl<B: Kernels> Backward<B, 2> for Conv {
    /// Input as it was kept, and weight.
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let inputs = ops.parents.map(|input| Some(input?.id));
        let gradient = gradients.consume::<B>(&ops.node);
        let (kept, weights) = ops.state;
        let wanted = Wanted { shape: self.input, wanted: inputs[0].is_some() };
        let found = B::conv_back(kept, weights, gradient, self.stride, wanted);
        register::<B, _>(gradients, inputs, [found.input, Some(found.weight)]);
    }
}
