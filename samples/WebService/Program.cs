using Microsoft.AspNetCore.Http.HttpResults;
using TrtBindings.Vision;
using WebService;

// dotnet run --project samples/WebService, and in another terminal:
// curl --data-binary @samples/images/still-life.png http://localhost:5000/detect
var isSelfTest = args is ["--self-test"];
var builder = WebApplication.CreateSlimBuilder(
    isSelfTest ? ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"] : args);
builder.Services.ConfigureHttpJsonOptions(
    options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));

// One model for all requests. The build makes DeskDetect from samples/models/desk-detect/desk-detect.onnx.
builder.Services.AddSingleton(_ => DeskDetect.Load());
builder.Services.AddSingleton<Detector>();
var app = builder.Build();

app.MapGet("/", () => "POST a picture to /detect, or GET /model.");
app.MapGet("/model", (DeskDetect model) => new ModelInfo(model.Backend.ToString(), Enum.GetValues<DeskDetect.Label>()));

app.MapPost("/detect", async Task<Results<Ok<Answer>, BadRequest<string>>> (
    Stream body, Detector detector, CancellationToken cancelled) =>
{
    using var encoded = new MemoryStream();
    await body.CopyToAsync(encoded, cancelled);
    try
    {
        using var picture = ImageFile.Decode(encoded.GetBuffer().AsSpan(0, (int)encoded.Length));
        return TypedResults.Ok(new Answer(await detector.DetectAsync(picture.AsImage(), cancelled)));
    }
    catch (ImageException e)
    {
        return TypedResults.BadRequest(e.Message);
    }
});

if (!isSelfTest)
{
    await app.RunAsync();
    return;
}

// Asks itself once, and ends.
await app.StartAsync();
using (var client = new HttpClient { BaseAddress = new(app.Urls.Single()) })
{
    Console.WriteLine(await client.GetStringAsync("/model"));
    using var content = new StreamContent(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "images", "still-life.png")));
    using var response = await client.PostAsync("/detect", content);
    response.EnsureSuccessStatusCode();
    var answer = await response.Content.ReadFromJsonAsync(ServiceJson.Default.Answer);
    Console.WriteLine($"{answer!.Found.Count} objects: class, score, box [x1 y1 x2 y2]");
    foreach (var one in answer.Found) Console.WriteLine($"  {one}");
}

await app.StopAsync();
