namespace TrtBindings.Generators.Tests;

/// <summary>Recognition of Mask R-CNN models, and of their exporter.</summary>
public sealed class MaskRcnnTests
{
    private const string Names = "['background', 'cup']";

    public static TheoryData<string, string?> Contracts() => new()
    {
        { "3,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,?,?", "Torchvision" },
        { "1,3,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,h,w", "Torchvision" },
        { "3,480,640 > 1 f n,4; 2 l n; 3 f n; 4 f n,1,480,640", "Torchvision" },
        // As torch 2.11 writes them, with names for the axes and without.
        { "3,height,width > boxes f n,4; labels l n; scores f n; masks f n,Unsqueezemasks_dim_1,height,width", "Torchvision" },
        { "3,260,300 > boxes.35 f c,4; 1009 l g; 1008 f g; 1365 f u0,u1,u2,u3", "Torchvision" },
        { "3,h,w > 6568 f n,4; 6570 l n; 6572 f n; 6887 f n,1,28,28", "OnnxZoo" },
        { "3,800,1088 > 6568 f n,4; 6570 l n; 6572 f n; 6887 f n,1,28,28", "OnnxZoo" },
        { "3,h,w > boxes f n,4; classes l n; masks f n,1,28,28; scores f n; size l 2", "Detectron2" },
        { "b,3,1344,1344 > num i b,1; boxes f b,100,4; scores f b,100; classes i b,100; masks f b,100,28,28", "NvidiaSample" },
        { "1,3,320,320 > boxes f 20,4; labels l 20; scores f 20; masks f 20,1,28,28; count l 1", "FixedSlots" },
        // Not this family: another order, other types, several images in a list of one, another size of the boxes.
        { "3,h,w > labels l n; boxes f n,4; scores f n; masks f n,1,?,?", null },
        { "3,h,w > boxes f n,4; labels f n; scores f n; masks f n,1,?,?", null },
        { "2,3,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,?,?", null },
        { "3,h,w > boxes f n,5; labels l n; scores f n; masks f n,1,?,?", null },
        { "1,3,320,320 > boxes f 20,4; labels l 20; scores f 20; masks f 20,1,28,28; count l 3", null },
        { "4,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,?,?", null },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    public void The_contract_follows_from_the_signature(string signature, string? expected)
    {
        var run = GeneratorRun.Of(Model(signature).Metadata("names", Names));
        run.Problems.ShouldBeEmpty();
        if (expected is null)
        {
            run.Source.ShouldNotContain("MaskRcnn");
            return;
        }

        run.Source.ShouldContain("Trt::IMaskRcnnModel<Model.Label>");
        run.Source.ShouldContain($".Form => Trt::MaskRcnnForm.{expected};");
        run.Source.ShouldContain("Background = 0");
    }

    [Fact]
    public void A_model_without_names_has_an_empty_enum()
    {
        var run = GeneratorRun.Of(Model("3,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,?,?"));
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("public const int LabelCount = 0;");
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, "CS0618")]
    public void An_engine_takes_only_a_model_of_its_shape(int values, string expected)
    {
        const string Use = "internal static class Use { "
            + "public static object It(MyApp.Model m) => TrtBindings.Vision.MaskRcnnEngine.Create(m); }";
        var run = GeneratorRun.Of(
            Model($"3,h,w > boxes f n,{values}; labels l n; scores f n; masks f n,1,?,?"), sources: Use);
        run.Problems.Select(problem => problem[..problem.IndexOf(' ')]).Distinct()
            .ShouldBe(expected.Length == 0 ? [] : [expected], string.Join('\n', run.Problems));
    }

    [Fact]
    public void TrtTask_is_checked_against_the_shapes()
    {
        var model = Model("3,h,w > boxes f n,4; labels l n; scores f n; masks f n,1,?,?");
        GeneratorRun.WithItem(model, new() { ["TrtTask"] = "MaskRcnn" }).Ids.ShouldBeEmpty();
        GeneratorRun.WithItem(model, new() { ["TrtTask"] = "Scrfd" }).Ids.ShouldBe(["TRTB0110"]);
    }

    /// <summary>A graph that was never meant to run, from "input > name type dimensions; ...".</summary>
    private static OnnxModelBuilder Model(string signature)
    {
        var sides = signature.Split(" > ");
        var model = new OnnxModelBuilder().Input("image", ElementType.Float, Dimensions(sides[0]));
        foreach (var output in sides[1].Split("; "))
        {
            var parts = output.Split(' ');
            var type = parts[1] switch { "f" => ElementType.Float, "l" => ElementType.Int64, _ => ElementType.Int32 };
            model.Output(parts[0], type, Dimensions(parts[2])).Node("Identity", ["image"], [parts[0]]);
        }

        return model;
    }

    private static object?[] Dimensions(string text) =>
        [.. text.Split(',').Select(part => part == "?" ? null : long.TryParse(part, out var size) ? (object)size : part)];
}
