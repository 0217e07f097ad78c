// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/http_server.h"

#include "core/metrics/exposition.h"
#include "core/metrics/negotiation.h"

#include <chrono>
#include <new>
#include <string>
#include <tuple>
#include <utility>

namespace halfopen::exporter {

namespace {

using namespace std::chrono_literals;

constexpr auto kMostTime = 5s;
constexpr unsigned kMostConnections = 16;
constexpr unsigned kMostOfOneAddress = 8;
constexpr std::size_t kMostMemory = 16384; // of one connection: a longer line or header is refused

constexpr std::string_view kPlain = "text/plain; charset=utf-8";

} // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(UniqueFd listener, std::span<const MetricFamily> first) {
    std::unique_ptr<HttpServer> server(new HttpServer);
    server->publish(first);
    // By MHD_USE_ITC it can be stopped without shutting the listening socket down, which is systemd's as well.
    server->m_daemon = MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC, 0, nullptr, nullptr, answer, server.get(),
        MHD_OPTION_LISTEN_SOCKET, static_cast<MHD_socket>(listener.get()), MHD_OPTION_CONNECTION_LIMIT,
        kMostConnections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, kMostOfOneAddress, MHD_OPTION_CONNECTION_TIMEOUT,
        static_cast<unsigned>(kMostTime.count()), MHD_OPTION_CONNECTION_MEMORY_LIMIT, kMostMemory,
        MHD_OPTION_NOTIFY_CONNECTION, connectionChanged, server.get(), MHD_OPTION_END);
    if (!server->m_daemon)
        return failure(ErrorCode::SomeFailed, Sentence::tr("The thread that answers HTTP cannot be started."));
    std::ignore = listener.release(); // which the daemon closes
    return server;
}

HttpServer::HttpServer()
    : m_timeLimits(kMostTime)
    , m_notFound(page("Not found: there is /metrics.\n", kPlain))
    , m_notAllowed(page("Not allowed: there is GET.\n", kPlain)) {
    MHD_add_response_header(m_notAllowed.get(), MHD_HTTP_HEADER_ALLOW, MHD_HTTP_METHOD_GET);
}

HttpServer::~HttpServer() {
    if (!m_daemon)
        return;
    const UniqueFd listener(MHD_quiesce_daemon(m_daemon));
    MHD_stop_daemon(m_daemon);
}

void HttpServer::publish(std::span<const MetricFamily> families) {
    const auto made = [&](Exposition exposition) {
        return page(exposed(families, exposition), contentType(exposition));
    };
    Response text = made(Exposition::Text);
    Response openMetrics = made(Exposition::OpenMetrics);
    const std::lock_guard lock(m_mutex);
    m_text.swap(text);
    m_openMetrics.swap(openMetrics);
}

/// One request a connection: what is kept open would count against the limits.
HttpServer::Response HttpServer::page(std::string_view text, std::string_view contentType) {
    Response made(MHD_create_response_from_buffer(text.size(), const_cast<char*>(text.data()), MHD_RESPMEM_MUST_COPY));
    if (!made)
        throw std::bad_alloc();
    MHD_add_response_header(made.get(), MHD_HTTP_HEADER_CONTENT_TYPE, std::string(contentType).c_str());
    MHD_add_response_header(made.get(), MHD_HTTP_HEADER_CONNECTION, "close");
    return made;
}

MHD_Result HttpServer::answer(void* self, MHD_Connection* connection, const char* path, const char* method,
                              const char* /*version*/, const char* /*body*/, std::size_t* /*bodySize*/,
                              void** /*context*/) {
    return static_cast<HttpServer*>(self)->answer(connection, path, method);
}

MHD_Result HttpServer::answer(MHD_Connection* connection, std::string_view path, std::string_view method) {
    if (path != "/metrics")
        return MHD_queue_response(connection, MHD_HTTP_NOT_FOUND, m_notFound.get());
    if (method != MHD_HTTP_METHOD_GET)
        return MHD_queue_response(connection, MHD_HTTP_METHOD_NOT_ALLOWED, m_notAllowed.get());
    const char* accept = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT);
    const bool openMetrics = expositionFor(accept ? accept : "") == Exposition::OpenMetrics;
    const std::lock_guard lock(m_mutex);
    return MHD_queue_response(connection, MHD_HTTP_OK, (openMetrics ? m_openMetrics : m_text).get());
}

void HttpServer::connectionChanged(void* self, MHD_Connection* connection, void** /*context*/,
                                   MHD_ConnectionNotificationCode code) {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!info)
        return;
    TimeLimits& limits = static_cast<HttpServer*>(self)->m_timeLimits;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        limits.began(info->connect_fd);
    else
        limits.ended(info->connect_fd);
}

} // namespace halfopen::exporter
