using TrtBindings.TensorRT.Building;
using TrtBindings.Tests.Backends.TensorRT.Building;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Precision: the options, the item and quantization in the model.</summary>
[Trait("Category", "Slow")]
public sealed class TensorRtOptionsTests
{
    [SkippableTheory]
    [InlineData(null, null, ModelPrecision.Float32)]
    [InlineData(ModelPrecision.Float16, null, ModelPrecision.Float16)]
    [InlineData(ModelPrecision.Float16, ModelPrecision.Float32, ModelPrecision.Float32)]
    [InlineData(null, ModelPrecision.BFloat16, ModelPrecision.BFloat16)]
    [InlineData(ModelPrecision.Float16, ModelPrecision.AsInModel, ModelPrecision.AsInModel)]
    [InlineData(null, ModelPrecision.Int8, ModelPrecision.Int8)]
    public void The_precision_of_the_options_goes_before_that_of_the_item(
        ModelPrecision? item, ModelPrecision? option, ModelPrecision expected)
    {
        using var rig = new BuildRig();
        rig.Options.Precision = option;
        var recipe = Recipe(rig, new(), new() { Precision = item });
        recipe.Precision.ShouldBe(expected);
        (recipe.IsStronglyTyped, recipe.AllowsInt8)
            .ShouldBe((expected == ModelPrecision.AsInModel, expected == ModelPrecision.Int8));
    }

    [SkippableTheory]
    [InlineData(10, 6, null, true)]
    [InlineData(10, 6, ModelPrecision.AsInModel, false)]
    [InlineData(11, 1, null, false)]
    public void Quantization_in_the_model_allows_its_type_on_TensorRT_10_only(
        int major, int minor, ModelPrecision? precision, bool allowed)
    {
        using var rig = new BuildRig(major, minor);
        rig.Options.Precision = precision;
        var quantized = new ModelDescription { Operators = new([new("", "DequantizeLinear", 3)]) };
        Recipe(rig, quantized, ModelDeclaration.None).AllowsInt8.ShouldBe(allowed);
        var floats = quantized with { InitializerTypes = new([new(ElementType.Float8E4M3FN, 1)]) };
        Recipe(rig, floats, ModelDeclaration.None).AllowsFloat8.ShouldBe(allowed);
    }

    private static EngineRecipe Recipe(BuildRig rig, ModelDescription description, ModelDeclaration declaration)
    {
        var signature = new ModelSignature("f.onnx", default, default);
        return new(rig.Host, new(
            ModelSource.FromBytes(new byte[1]), signature, description, declaration, new() { TensorRT = rig.Options }));
    }
}
