//! Chooses between WebGPU and the CPU, and says why.

use std::sync::{Arc, Mutex, PoisonError};

use burn::tensor::Device;
use burn_wgpu::WgpuSetup;
use burn_wgpu::wgpu::DeviceType;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

use super::construct;
use super::messages::{CpuReason, DeviceChoice, DeviceKind, DeviceReport};
use crate::device::self_test;
use crate::{Error, Result};

/// Kernels that are gathered before they are submitted; more than a step of any method has.
const TASKS: usize = 4096;

/// A device, what the page says about it, and whether it is still there.
#[derive(Clone)]
pub(super) struct Opened {
    pub device: Device,
    pub report: DeviceReport,
    lost: Arc<Mutex<Option<String>>>,
}

impl Opened {
    /// # Errors
    /// [`Error::DeviceLost`] once the browser has said so.
    pub fn check(&self) -> Result<()> {
        let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.clone().map_or(Ok(()), |reason| Err(Error::DeviceLost { reason }))
    }

    fn cpu(reason: CpuReason, adapter: String, cause: Option<String>) -> Self {
        Self {
            device: Device::flex(),
            report: DeviceReport { kind: DeviceKind::Cpu, adapter, reason: Some(reason), cause },
            lost: Arc::default(),
        }
    }

    fn web_gpu(device: Device, setup: &WgpuSetup, adapter: String) -> Self {
        let lost = Arc::new(Mutex::new(None));
        let flag = lost.clone();
        setup.device.set_device_lost_callback(move |reason, message| {
            *flag.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(format!("{reason:?} {message}"));
        });
        let report = DeviceReport { kind: DeviceKind::WebGpu, adapter, reason: None, cause: None };
        Self { device, report, lost }
    }
}

/// WebGPU where it is real and passes the self-test, else the CPU. With `WebGpu` an emulated adapter
/// is good enough.
pub(super) async fn open(choice: DeviceChoice) -> Opened {
    if choice == DeviceChoice::Cpu {
        return Opened::cpu(CpuReason::Asked, String::new(), None);
    }
    match try_web_gpu(choice == DeviceChoice::WebGpu).await {
        Ok(opened) => opened,
        Err((reason, adapter, cause)) => Opened::cpu(reason, adapter, Some(cause)),
    }
}

type Refusal = (CpuReason, String, String);

async fn try_web_gpu(software_too: bool) -> Result<Opened, Refusal> {
    let Some(gpu) = browser_gpu() else {
        let cause = "this browser does not offer WebGPU".into();
        return Err((CpuReason::NoWebGpu, String::new(), cause));
    };
    // A step is submitted as a whole.
    let setup = Device::wgpu_options().tasks_max(TASKS).init_with_setup_async().await;
    let (device, setup) =
        setup.map_err(|e| (CpuReason::NoAdapter, String::new(), e.to_string()))?;
    let name = adapter_name(&gpu).await.unwrap_or_default();
    // An emulated GPU is many times slower than the CPU device.
    if setup.adapter.get_info().device_type == DeviceType::Cpu && !software_too {
        return Err((CpuReason::SoftwareAdapter, name, "the adapter is emulated".into()));
    }
    construct();
    if let Err(error) = self_test(&device).await {
        let cause = match error {
            Error::Device { reason } => reason,
            other => other.to_string(),
        };
        return Err((CpuReason::SelfTestFailed, name, cause));
    }
    Ok(Opened::web_gpu(device, &setup, name))
}

fn browser_gpu() -> Option<JsValue> {
    let scope = js_sys::global().unchecked_into::<WorkerGlobalScope>();
    Reflect::get(&scope.navigator(), &"gpu".into()).ok().filter(JsValue::is_object)
}

/// What the browser calls its adapter: a description, or at least vendor and architecture. wgpu only
/// passes the description on, which most browsers leave empty.
async fn adapter_name(gpu: &JsValue) -> Option<String> {
    let request: Function = Reflect::get(gpu, &"requestAdapter".into()).ok()?.dyn_into().ok()?;
    let adapter = Promise::resolve(&request.call0(gpu).ok()?);
    let adapter = JsFuture::from(adapter).await.ok()?;
    let info = Reflect::get(&adapter, &"info".into()).ok()?;
    let field = |name: &str| {
        let text = Reflect::get(&info, &name.into()).ok()?.as_string()?;
        (!text.is_empty()).then_some(text)
    };
    let parts = [field("vendor"), field("architecture")];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    field("description").or((!parts.is_empty()).then_some(parts))
}
