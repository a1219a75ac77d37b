//! Kernels written in WGSL, and how they are started.

use burn::backend::TensorMetadata;
use burn::tensor::{DType, Shape};
use burn_cubecl::cubecl::ir::metadata::Info;
use burn_cubecl::cubecl::ir::settings::Dim3;
use burn_cubecl::cubecl::ir::{AddressType, ElemType, UIntKind};
use burn_cubecl::cubecl::prelude::*;
use burn_cubecl::cubecl::server::{KernelArguments, MetadataBindingInfo};
use burn_cubecl::cubecl::{CubeKernel, PrecompiledSource};
pub use burn_cubecl::kernel::into_contiguous as contiguous;
use burn_cubecl::ops::numeric::empty_device_contiguous_dtype;
use burn_cubecl::tensor::CubeTensor;

/// Workgroups that may be started along one axis.
pub const MOST: usize = 65_535;

/// A kernel by the name of its file, after the files that it builds on.
macro_rules! wgsl {
    ($name:literal $(, $before:literal)*) => {
        $crate::ops::gpu::launch::Wgsl {
            name: $name,
            source: concat!($(include_str!(concat!($before, ".wgsl")), "\n",)* include_str!(concat!($name, ".wgsl"))),
        }
    };
}

/// A kernel for all sizes: its bindings are its inputs, its outputs, and `info`, an `array<u32>`.
#[derive(Debug)]
pub struct Wgsl {
    pub name: &'static str,
    pub source: &'static str,
}

impl Wgsl {
    /// Queues the kernel on the device of its tensors, which are contiguous.
    ///
    /// `info` is uploaded where it differs from all that were used lately.
    pub fn launch(
        &'static self,
        workgroups: [usize; 3],
        inputs: &[&CubeTensor],
        outputs: &[&CubeTensor],
        info: &[u32],
    ) {
        let Some(first) = inputs.first() else { return };
        let buffers = inputs.iter().chain(outputs);
        let arguments = buffers.fold(KernelArguments::new(), |arguments, tensor| {
            arguments.with_buffer(tensor.handle.clone().binding())
        });
        let info = MetadataBindingInfo::custom(words(info));
        let [x, y, z] = workgroups.map(|count| count.min(MOST) as u32);
        let count = CubeCount::Static(x, y, z);
        first.client.launch(Box::new(Kernel(self)), count, arguments.with_info(info));
    }
}

/// An output on the device of a tensor, whose numbers are what the memory held.
pub fn empty(like: &CubeTensor, shape: &[usize]) -> CubeTensor {
    let (client, device) = (like.client.clone(), like.device());
    empty_device_contiguous_dtype(client, device, Shape::from(shape.to_vec()), DType::F32)
}

fn words(info: &[u32]) -> Vec<u64> {
    let pair = |pair: &[u32]| {
        u64::from(pair[0]) | u64::from(pair.get(1).copied().unwrap_or_default()) << 32
    };
    info.chunks(2).map(pair).collect()
}

struct Kernel(&'static Wgsl);

impl KernelMetadata for Kernel {
    fn id(&self) -> KernelId {
        KernelId::new::<Self>().info(self.0.name)
    }

    fn address_type(&self) -> ElemType {
        ElemType::UInt(UIntKind::U32)
    }
}

impl CubeKernel for Kernel {
    /// There is nothing to compile: the source stands for it.
    fn define(&self) -> KernelDefinition {
        let settings =
            KernelSettings::new(Dim3::new_single(), ExecutionMode::Unchecked, AddressType::U32);
        let body = Scope::root(settings.clone());
        KernelDefinition { body, settings, info: Info::default() }
    }

    fn source(&self) -> Option<PrecompiledSource> {
        Some(PrecompiledSource {
            source: self.0.source.into(),
            entrypoint_name: "main".into(),
            lang: "wgsl",
        })
    }
}
