// A plugin in ASP.NET Core, from 3.1 on, with the packages Finaut.Client and Finaut.Extensions: it answers the LMS's questions about
// advisors, takes FinAut's webhooks, deals with each new result once, and tells load balancers how it fares. Its settings stand in
// appsettings.json: {"Finaut": {"State": "/var/lib/lms/finaut.db", "Inbox": {"PathSecret": "…"}}}, its secret in the environment:
// Finaut__ClientId and Finaut__ClientSecret.
using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Finaut;
using Finaut.Extensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

public static class Plugin
{
    public static void Main(string[] args)
    {
        CreateHostBuilder(args).Build().Run();
    }

    public static IHostBuilder CreateHostBuilder(string[] args)
    {
        return Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
    }
}

public class Startup
{
    private readonly IConfiguration configuration;

    public Startup(IConfiguration configuration)
    {
        this.configuration = configuration;
    }

    public void ConfigureServices(IServiceCollection services)
    {
        services.AddFinaut(configuration.GetSection("Finaut"));
        services.AddFinautInbox<ResultHandler>();
        services.AddHealthChecks().AddFinaut();
    }

    public void Configure(IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapHealthChecks("/health");
            endpoints.MapGet("/advisors/{alias}", Advisor);
            endpoints.MapPost("/finaut/webhook/{secret}", Webhook);
        });
    }

    // Its test puts something else in the place of IFinautClient.
    private static async Task Advisor(HttpContext context)
    {
        var client = context.RequestServices.GetRequiredService<IFinautClient>();
        try
        {
            string alias = (string)context.GetRouteValue("alias");
            string user = await client.Users.GetAsync(employeeAlias: alias, cancellationToken: context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(user);
        }
        catch (FinautNotFoundException)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (FinautThrottledException e)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers["Retry-After"] = Math.Ceiling(e.RetryAfter?.TotalSeconds ?? 60).ToString("F0");
        }
    }

    // What arrived is on the disk before the answer goes; if that fails, the answer is a 500 and the sender tries again.
    private static async Task Webhook(HttpContext context)
    {
        var client = context.RequestServices.GetRequiredService<IFinautClient>();
        using var reader = new StreamReader(context.Request.Body);
        string headers = JsonSerializer.Serialize(context.Request.Headers.ToDictionary(header => header.Key, header => (string)header.Value));
        string reply = await client.Webhook.AcceptAsync(
            body: await reader.ReadToEndAsync(), headers: headers, path: context.Request.Path, cancellationToken: context.RequestAborted);
        context.Response.StatusCode = int.Parse(Json.Get(reply, "/http_status"));
    }
}

public class ResultHandler : IFinautEventHandler
{
    private readonly ILogger<ResultHandler> logger;

    public ResultHandler(ILogger<ResultHandler> logger)
    {
        this.logger = logger;
    }

    // What a real plugin does: store it, in one transaction with whatever depends on it. If that throws, the event comes again.
    public Task HandleAsync(string eventJson, CancellationToken cancellationToken)
    {
        logger.LogInformation("Event {Event}: {Kind}", Json.Get(eventJson, "/event"), Json.Get(eventJson, "/kind"));
        return Task.CompletedTask;
    }
}
