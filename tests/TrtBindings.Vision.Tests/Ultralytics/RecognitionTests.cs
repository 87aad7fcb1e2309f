namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>
/// Files of Ultralytics are recognized by what their metadata say: task, head, end2end, args, kpt_shape and the number of names.
/// Models of equal shapes differ in nothing else.
/// </summary>
public sealed class RecognitionTests
{
    /// <summary>What release 8.4.190 writes for the three ways to export a head.</summary>
    private const string Raw = "end2end=False; args={'quantize': None, 'nms': None, 'dynamic': False}";
    private const string EndToEnd = "end2end=True; args={'quantize': None, 'nms': False, 'dynamic': False}";
    private const string Nms = "end2end=False; args={'quantize': None, 'nms': True, 'dynamic': False}";

    /// <summary>Releases 8.0.200 and 8.3.100 do not say it.</summary>
    private const string Old = "description=Ultralytics YOLOv8n model trained on None ";
    private const string Old10 =
        "description=Ultralytics YOLOv10n model trained on pets.yaml ; args={'half': False, 'nms': False}";

    /// <summary>The name of a file of one's own stands in place of the model's.</summary>
    private const string Own80 = "author=Ultralytics; version=8.0.200; description=Ultralytics best model trained on None ";
    private const string Own83 = "author=Ultralytics; version=8.3.100; description=Ultralytics best model trained on None ; "
        + "args={'half': False, 'nms': False}";

    [Theory]
    [InlineData("1,6,2100", 2, "task=detect; head=Detect; " + Raw, "YoloDetect Dense")]
    [InlineData("1,6,2100", 1, "task=obb; head=OBB; " + Raw, "YoloObb Dense")]
    [InlineData("1,8,2100", 4, "task=detect; head=Detect; " + Raw, "YoloDetect Dense")]
    [InlineData("1,8,2100", 3, "task=obb; head=OBB; " + Raw, "YoloObb Dense")]
    [InlineData("1,300,7", 15, "task=obb; head=OBB26; " + EndToEnd, "YoloObb EndToEnd")]
    [InlineData("1,300,7", 3, "task=obb; head=OBB; " + Nms, "YoloObb EndToEnd")]
    [InlineData("1,300,6", 2, "task=detect; head=RTDETRDecoder; " + Raw, "RtDetr Rows")]
    [InlineData("1,300,6", 2, "task=detect; head=Detect; " + EndToEnd, "YoloDetect EndToEnd")]
    [InlineData("1,300,6", 2, "task=detect; head=Detect; " + Nms, "YoloDetect EndToEnd")]
    [InlineData("1,84,2100", 80, "task=detect; head=v10Detect; " + Raw, "YoloDetect Dense")]
    [InlineData("1,300,6", 80, "task=detect; head=v10Detect; " + EndToEnd, "YoloDetect EndToEnd")]
    [InlineData("1,21,2100", 2, "task=pose; head=Pose; kpt_shape=[5, 3]; " + Raw, "YoloPose Dense")]
    [InlineData("1,300,16", 2, "task=pose; head=Pose26; kpt_shape=[5, 2]; " + EndToEnd, "YoloPose EndToEnd")]
    [InlineData("1,23,2100|1,16,80,80", 3, "task=segment; head=Segment; " + Raw, "YoloSeg Dense")]
    [InlineData("1,300,22|1,16,80,80", 3, "task=segment; head=Segment26; " + EndToEnd, "YoloSeg EndToEnd")]
    [InlineData("1,300,38|1,32,80,80", 3, "task=segment; head=Segment; " + Nms, "YoloSeg EndToEnd")]
    [InlineData("1,38,2100|1,32,80,80", 2, "task=segment; " + Old, "YoloSeg Dense")]
    [InlineData("1,300,6", 20, "task=detect; " + Old10, "YoloDetect EndToEnd")]
    [InlineData("1,300,6", 2, "task=detect; " + Old10, "YoloDetect EndToEnd")]
    [InlineData("1,300,6", 2, "task=detect; " + Own83, "YoloDetect EndToEnd")]
    [InlineData("1,300,6", 2, "task=detect; author=Ultralytics; version=8.3.100; description=Ultralytics rtdetr-l model ",
        "RtDetr Scores")]
    [InlineData("1,6,2100", 2, "task=detect; " + Own83, "YoloDetect Dense")]
    [InlineData("1,300,6", 20, "task=detect; args={\"quantize\": null, \"nms\": true}; end2end=false", "YoloDetect EndToEnd")]
    [InlineData("1,84,2100", 80, "task=detect; description=Ultralytics YOLOv8n model trained on rtdetr-pseudo-labels.yaml ",
        "YoloDetect Dense")]
    [InlineData("u8:1,320,320", 6, "task=semantic; head=SemanticSegment; " + Raw, "SemanticSegmentation LabelMap")]
    [InlineData("u8:1,320,320", 1, "task=semantic; head=SemanticSegment; " + Raw, "SemanticSegmentation LabelMap")]
    [InlineData("1,2", 2, "task=classify; head=Classify; author=Ultralytics; " + Raw, "Classification ChannelsFirst")]
    [InlineData("1,1", 1, "task=classify; head=Classify; author=Ultralytics; " + Raw, "Classification ChannelsFirst")]
    [InlineData("1,1,320,320", 1, "task=depth; head=Depth; " + Raw, "")]
    [InlineData("1,1,320,320", 1, "task=normals; author=Ultralytics; " + Raw, "")]
    [InlineData("1,6,2100", 2, "task=depth; head=Depth; " + Raw, "")]
    public void A_file_of_a_fixed_size_is_what_it_says(string outputs, int names, string metadata, string expected) =>
        Form(outputs, names, metadata, 1L, 320L).ShouldBe(expected);

    [Theory]
    [InlineData("batch,84,anchors", 80, "task=detect; head=Detect; " + Raw, "YoloDetect Dense")]
    [InlineData("batch,Concatoutput0_dim_1,anchors", 80, "task=detect; head=Detect; " + Raw, "YoloDetect Dense")]
    [InlineData("batch,21,anchors", 2, "task=pose; head=Pose; kpt_shape=[5, 3]; " + Raw, "YoloPose Dense")]
    [InlineData("batch,300,6", 80, "task=detect; head=Detect; " + EndToEnd, "YoloDetect EndToEnd")]
    [InlineData("batch,Concatoutput0_dim_1,6", 2, "task=detect; head=Detect; " + Nms, "YoloDetect EndToEnd")]
    [InlineData("Concatoutput0_dim_0,Concatoutput0_dim_1,Concatoutput0_dim_2", 2, "task=detect; head=Detect; " + EndToEnd,
        "YoloDetect EndToEnd")]
    [InlineData("batch,queries,6", 2, "task=detect; head=RTDETRDecoder; " + Raw, "RtDetr Rows")]
    [InlineData("batch,300,anchors", 20, "task=detect; head=RTDETRDecoder; " + Raw, "RtDetr Rows")]
    [InlineData("batch,Concatoutput0_dim_1,anchors", 20, "task=detect; head=RTDETRDecoder; " + Raw, "RtDetr Rows")]
    [InlineData("Concatoutput0_dim_0,Concatoutput0_dim_1,Concatoutput0_dim_2", 20, "task=detect; head=RTDETRDecoder; " + Raw,
        "RtDetr Rows")]
    [InlineData("batch,300,anchors", 20, "task=detect; description=Ultralytics rtdetr-l model trained on pets.yaml ",
        "RtDetr Scores")]
    [InlineData("batch,300,6", 2, "task=detect; " + Own83, "YoloDetect EndToEnd")]
    [InlineData("batch,300,anchors", 20, "task=detect; " + Own83, "YoloDetect EndToEnd")]
    [InlineData("batch,300,anchors", 2, "task=detect; " + Old10, "YoloDetect EndToEnd")]
    [InlineData("batch,300,anchors", 296, "task=detect; " + Own83, "YoloDetect Dense")]
    [InlineData("batch,84,anchors", 79, "task=detect; " + Own83, "")]
    [InlineData("Concatoutput0_dim_0,Concatoutput0_dim_1,Concatoutput0_dim_2", 20, "task=detect; " + Old10,
        "YoloDetect EndToEnd")]
    [InlineData("batch,Concatoutput0_dim_1,anchors", 80, "task=detect; " + Own80, "YoloDetect Dense")]
    [InlineData("batch,Concatoutput0_dim_1,anchors", 15, "task=obb; " + Own80, "YoloObb Dense")]
    [InlineData("Concatoutput0_dim_0,Concatoutput0_dim_1,Concatoutput0_dim_2", 2, "task=pose; kpt_shape=[5, 3]; " + Own83,
        "YoloPose Dense")]
    [InlineData("batch,Concatoutput0_dim_1,anchors", 80, "task=detect", "")]
    [InlineData("Softmaxoutput0_dim_0,Softmaxoutput0_dim_1", 5, "task=classify; " + Own83, "Classification ChannelsFirst")]
    [InlineData("Softmaxoutput0_dim_0,Softmaxoutput0_dim_1", 5, "stride=32", "")]
    [InlineData("batch,38,anchors|batch,32,mask_height,mask_width", 2, "task=segment; " + Old, "YoloSeg Dense")]
    [InlineData("u8:Castoutput0_dim_0,Castoutput0_dim_1,Castoutput0_dim_2", 6, "task=semantic; " + Raw,
        "SemanticSegmentation LabelMap")]
    [InlineData("Softmaxoutput0_dim_0,5", 5, "task=classify; head=Classify; " + Raw, "Classification ChannelsFirst")]
    public void A_file_of_a_dynamic_size_is_too(string outputs, int names, string metadata, string expected) =>
        Form(outputs, names, metadata, "batch", "side").ShouldBe(expected);

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void An_end_to_end_head_may_have_all_the_anchors_of_a_small_input(int names)
    {
        // 96 x 96 has 144 + 36 + 9 anchors.
        Form("1,189,6", names, "task=detect; head=Detect; " + EndToEnd, 1L, 96L).ShouldBe("YoloDetect EndToEnd");
        Form("1,189,6", names, "task=detect; " + Old10, 1L, 96L).ShouldBe("YoloDetect EndToEnd");
        Form("1,189,6", names, "task=detect; " + Own83, 1L, 96L).ShouldBe("YoloDetect EndToEnd");
        Form("1,189,6", names, "task=detect; head=RTDETRDecoder; " + Raw, 1L, 96L).ShouldBe("RtDetr Rows");
    }

    [Theory]
    [InlineData("end2end=True", "YoloPose EndToEnd")]
    [InlineData("end2end=False; args={'nms': True}", "YoloPose EndToEnd")]
    [InlineData("end2end=False", "YoloPose Dense")]
    public void What_the_file_says_comes_before_as_many_columns_as_anchors(string said, string expected) =>
        // 32 x 32 has 21 anchors; 6 and 4 + 2 numbers, with those of 5 points, are 21 too.
        Form("1,21,21", 2, "task=pose; head=Pose; kpt_shape=[5, 3]; " + said, 1L, 32L).ShouldBe(expected);

    [Fact]
    public void Names_are_literals_of_Python()
    {
        const string Text = """
            {0: "it's", 1: 'say "hi"', 2: 'a, b: c', 3: 'naïve', 4: '日本', 5: '🚀', 6: '{x} [y]', 7: 'back\\slash',
            8: 'tab\there', 9: 'both \' and "', 10: '0', 11: 'caf\xe9 \u65e5 \U0001f680', 12: ''}
            """;
        var model = new ModelDescription { Metadata = new([new("names", Text)]) };
        ModelLabels.Of(model).ShouldBe(
        [
            "it's", "say \"hi\"", "a, b: c", "naïve", "日本", "🚀", "{x} [y]", "back\\slash", "tab\there", "both ' and \"", "0",
            "café 日 🚀", "",
        ]);
    }

    private static string Form(string outputs, int names, string metadata, object batch, object side)
    {
        List<MetadataEntry> entries = [];
        foreach (var entry in metadata.Split("; "))
            entries.Add(new(entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]));
        var tensors = outputs.Split('|').Select((text, i) => Tensor($"output{i}", text)).ToArray();
        var model = new ModelDescription
        {
            Inputs = new([Tensor("images", $"{batch},3,{side},{side}")]),
            Outputs = new(tensors),
            OutputOperators = new([.. tensors.Select(_ => "Concat")]),
            Metadata = new([.. entries]),
        };
        var match = FamilyRules.Match(model, names, "");
        return match is { Problem: null } ? $"{match.Rule.Task} {match.Form}" : "";
    }

    private static TensorDescription Tensor(string name, string text)
    {
        var isMap = text.StartsWith("u8:", StringComparison.Ordinal);
        var dimensions = (isMap ? text[3..] : text).Split(',')
            .Select(part => long.TryParse(part, out var size) ? Dimension.Fixed(size) : Dimension.FromParameter(part));
        return TensorDescription.Of(name, isMap ? ElementType.UInt8 : ElementType.Float, [.. dimensions]);
    }
}
