// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/time_limits.h"
#include "core/kernel/unique_fd.h"
#include "core/metrics/metric.h"
#include "core/model/error.h"

#include <microhttpd.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

namespace halfopen::exporter {

/// Answers GET /metrics with what was last published, and nothing else. It answers on a thread of its own, out of
/// memory: no request costs a look at a socket, or makes one wait for it.
class HttpServer {
public:
    /// @param listener  of whichever family; whoever has handed it over may go on listening on it when this one is gone
    /// @param first     what is answered until something else is published
    /// @return          SomeFailed
    static Result<std::unique_ptr<HttpServer>> start(UniqueFd listener, std::span<const MetricFamily> first);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// What is answered from now on.
    void publish(std::span<const MetricFamily> families);

    /// Of the connections: to be watched by whoever has published.
    TimeLimits& timeLimits() { return m_timeLimits; }

private:
    struct Destroy {
        void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
    };
    using Response = std::unique_ptr<MHD_Response, Destroy>; // counted by libmicrohttpd: one being sent stays

    HttpServer();

    static Response page(std::string_view text, std::string_view contentType);
    static MHD_Result answer(void* self, MHD_Connection* connection, const char* path, const char* method,
                             const char* version, const char* body, std::size_t* bodySize, void** context);
    static void connectionChanged(void* self, MHD_Connection* connection, void** context,
                                  MHD_ConnectionNotificationCode code);
    MHD_Result answer(MHD_Connection* connection, std::string_view path, std::string_view method);

    TimeLimits m_timeLimits;
    Response m_notFound;
    Response m_notAllowed;
    std::mutex m_mutex;
    Response m_text;        ///< guarded by m_mutex
    Response m_openMetrics; ///< guarded by m_mutex
    MHD_Daemon* m_daemon = nullptr;
};

} // namespace halfopen::exporter
