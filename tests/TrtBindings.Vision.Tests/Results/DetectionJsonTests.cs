using System.Text.Json;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Results;

public sealed class DetectionJsonTests
{
    private static readonly Mask Mask = Masks.Of("....", ".##.", ".##.", "....");

    [Fact]
    public void A_box_has_its_class_score_and_edges() =>
        new[] { new Detection<Thing>(Thing.Spoon, 2, 0.5f, new(1, 2, 3.5f, 4)) }.ToJson()
            .ShouldBe("""[{"label":"Spoon","classIndex":2,"score":0.5,"box":[1,2,3.5,4]}]""");

    [Fact]
    public void A_mask_is_run_lengths_as_in_files_of_COCO()
    {
        // Down the columns: 5 zeros, 2 ones, 2 zeros, 2 ones (2 - 2 = 0), 5 zeros (5 - 2 = 3).
        var json = new[] { new InstanceDetection<Thing>(Thing.Cup, 0, 1, new(1, 1, 3, 3), Mask) }.ToJson();
        json.ShouldContain("\"mask\":{\"size\":[4,4],\"counts\":\"52203\"}}]");
    }

    [Fact]
    public void A_mask_is_outlines_or_nothing_where_asked_for()
    {
        var found = new[] { new InstanceDetection<Thing>(Thing.Fork, 3, 0.25f, new(1, 1, 3, 3), Mask) };
        found.ToJson(MaskJson.Outlines).ShouldEndWith("\"box\":[1,1,3,3],\"outlines\":[[3,1,3,3,1,3,1,1]]}]");
        found.ToJson(MaskJson.None).ShouldEndWith("\"box\":[1,1,3,3]}]");
    }

    [Fact]
    public void Key_points_have_a_confidence_where_the_model_says_one()
    {
        DetectionKeyPoint[] points = [new(1, 2, 0.5f), new(3, 4, null)];
        var pose = new YoloPose<Thing>(Thing.Cup, 0, 1, new(0, 0, 9, 9), points);
        new[] { pose }.ToJson().ShouldContain("\"keyPoints\":[[1,2,0.5],[3,4]]");
    }

    [Fact]
    public void A_face_has_no_label_and_five_points()
    {
        var face = new FaceDetection(.5f, new(0, 0, 9, 9), new(new(1, 1), new(2, 1), new(1.5f, 2), new(1, 3), new(2, 3)));
        new[] { face }.ToJson().ShouldBe(
            """[{"classIndex":0,"score":0.5,"box":[0,0,9,9],"keyPoints":[[1,1],[2,1],[1.5,2],[1,3],[2,3]]}]""");
    }

    [Fact]
    public void An_oriented_box_has_the_box_that_holds_it_as_well()
    {
        var one = new YoloOrientedDetection<Thing>(Thing.Knife, 4, 1, new(10, 10, 8, 4, 0));
        new[] { one }.ToJson().ShouldContain("\"box\":[6,8,14,12],\"orientedBox\":[10,10,8,4,0]");
    }

    [Fact]
    public void A_class_of_the_whole_picture_has_no_box() =>
        new[] { new ClassificationResult<Thing>(Thing.Plate, 1, 0.75f) }.ToJson()
            .ShouldBe("""[{"label":"Plate","classIndex":1,"score":0.75}]""");

    [Fact]
    public void Json_reads_back_and_the_mask_with_it()
    {
        var json = new[] { new InstanceDetection<Thing>(Thing.Cup, 0, 1, new(1, 1, 3, 3), Mask) }.ToJson();
        var data = JsonSerializer.Deserialize(json, DetectionJsonContext.Default.DetectionDataArray)!.ShouldHaveSingleItem();
        data.Box.ShouldBe([1, 1, 3, 3]);
        var mask = CocoRunLengths.Parse(data.Mask!.Counts, data.Mask.Size[1], data.Mask.Size[0]).ToMask();
        (mask.Area, mask[1, 1], mask[2, 2], mask[3, 3]).ShouldBe((4, true, true, false));
    }

    [Fact]
    public void Nothing_found_is_an_empty_array() => Array.Empty<FaceDetection>().ToJson().ShouldBe("[]");
}
