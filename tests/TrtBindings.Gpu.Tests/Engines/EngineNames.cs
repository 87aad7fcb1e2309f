namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>The ready engines by name, so that each is a test of its own also where the manifest is missing.</summary>
internal static class EngineNames
{
    /// <summary>The one without weights, which has tests of its own.</summary>
    public const string Stripped = "mnist_stripped";

    /// <summary>All but <see cref="Stripped"/>.</summary>
    public static readonly string[] Runnable =
    [
        "unet_n1-16_fp32", "unet_n1-16_fp16", "scrfd500m_hw_fp32", "scrfd500m_hw_fp16", "mnist_n1-64_fp32",
        "mnist_3profiles_fp32", "mnist_refit_fp32", "nonzero_dds", "nonzero_static_bool", "squeezenet_static_fp32",
        "types_bool", "types_float", "types_int64", "residual_noshape", "unet_n1-16_fp32_vc", "mnist_n1-64_fp32_vc",
        "scrfd25_static_fp16", "mnist_fp16cast", "mask_fixed_slots_fp32", "vit_n1-32_fp32", "yoloseg_n1-8_fp32",
        "vit_n1-32_fp16", "yoloseg_n1-8_fp16",
    ];
}
