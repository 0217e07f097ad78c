// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace halfopen::test {

/// halfopen-exporter as a service of systemd's, which is this test; ended with the object.
class RunningExporter {
public:
    struct Setup {
        std::vector<std::string> words;
        std::vector<int> handedOver; ///< sockets that it is given
        bool toAnother = false;      ///< what is handed over is meant for another process
        std::vector<std::pair<std::string, std::string>> variables;
    };

    explicit RunningExporter(const Setup& setup);
    RunningExporter()
        : RunningExporter(Setup{}) {}
    ~RunningExporter();
    RunningExporter(const RunningExporter&) = delete;
    RunningExporter& operator=(const RunningExporter&) = delete;

    /// Waits until it says that it is. @return false where it ended before
    bool isReady() const { return told() == "READY=1"; }
    /// The next that it tells systemd; "": it has ended.
    std::string told() const;

    pid_t pid() const { return m_pid; }
    std::uint64_t residentBytes() const;
    /// @param signal  0: waits until it ends by itself. @return its exit code; -1: by a signal
    int end(int signal = SIGTERM);
    /// What it has said on stderr; once it has ended.
    std::string said() const;

private:
    UniqueFd m_notify;
    UniqueFd m_error;  ///< a file
    UniqueFd m_living; ///< the end of a pipe whose other one it has
    pid_t m_pid = 0;
};

/// A connection to port 9995.
class HttpClient {
public:
    /// @param from  an address of loopback
    explicit HttpClient(const char* from = "127.0.0.1");

    /// @return false where the other side is gone
    bool send(std::string_view text) const;
    /// All that comes until the other side closes.
    std::string rest() const;
    /// Waits for as long. @return false: it has closed
    bool isOpenAfter(int milliseconds) const;

private:
    UniqueFd m_socket;
};

/// An answer taken apart.
struct HttpAnswer {
    std::string status; ///< "200"; "": none came
    std::string head;
    std::string body;
};

/// One request and all of its answer.
HttpAnswer ask(const std::string& request, const char* from = "127.0.0.1");
/// GET /metrics. @param accept  its header Accept; "": none
HttpAnswer scrape(const std::string& accept = {}, const char* from = "127.0.0.1");

} // namespace halfopen::test
