namespace TrtBindings.TensorRT.Building;

/// <summary>The precision that an engine computes in, as far as options and model say it.</summary>
internal static class EnginePrecision
{
    /// <summary>The coarsest of what the options allow and the model has: it decides how near the answers can be.</summary>
    public static ModelPrecision Of(EngineRecipe recipe)
    {
        var model = recipe.Request.Description;
        if (recipe.AllowsInt8 || model.Operators.Any(op => op.Name == "DequantizeLinear")) return ModelPrecision.Int8;
        if (recipe.AllowsFloat8) return ModelPrecision.Float8;
        if (!recipe.IsStronglyTyped && recipe.Precision is ModelPrecision.BFloat16 or ModelPrecision.Float16)
            return recipe.Precision;
        if (Has(ElementType.BFloat16)) return ModelPrecision.BFloat16;
        // TF32 rounds factors to 10 bits, as 16-bit floats have them.
        return Has(ElementType.Float16) || recipe.Options.AllowTf32 ? ModelPrecision.Float16 : ModelPrecision.Float32;

        bool Has(ElementType type) => model.InitializerTypes.Any(one => one.ElementType == type);
    }

    /// <summary>The type that some layer must compute in; <see langword="null"/> if nobody asked for one.</summary>
    public static ElementType? AskedOf(EngineRecipe recipe)
    {
        if (!recipe.IsStronglyTyped)
        {
            return recipe.Precision switch
            {
                ModelPrecision.Float16 => ElementType.Float16,
                ModelPrecision.BFloat16 => ElementType.BFloat16,
                ModelPrecision.Int8 => ElementType.Int8,
                ModelPrecision.Float8 => ElementType.Float8E4M3FN,
                _ => null,
            };
        }

        // A converted model says what it was converted to.
        return recipe.Request.Description.FindMetadata("trtbindings.precision") switch
        {
            "float16" => ElementType.Float16,
            "bfloat16" => ElementType.BFloat16,
            "int8" => ElementType.Int8,
            "float8e4m3fn" => ElementType.Float8E4M3FN,
            _ => null,
        };
    }
}
