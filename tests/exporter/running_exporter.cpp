// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/exporter/running_exporter.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <string_view>

namespace halfopen::test {

namespace {

constexpr int kFirst = 3; // SD_LISTEN_FDS_START

/// A socket of an abstract name that the kernel chooses. @return the name as sd_notify(3) has it, "@..."
std::string bindToSomeName(int socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    EXPECT_EQ(bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(sa_family_t)), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
    return '@' + std::string(address.sun_path + 1, size - offsetof(sockaddr_un, sun_path) - 1);
}

void handOver(const RunningExporter::Setup& setup) {
    int next = kFirst;
    for (const int fd : setup.handedOver)
        if (dup2(fd, next++) == fd) // and stays open then
            fcntl(fd, F_SETFD, 0);
    setenv("LISTEN_FDS", std::to_string(setup.handedOver.size()).c_str(), 1);
    setenv("LISTEN_PID", std::to_string(setup.toAnother ? getppid() : getpid()).c_str(), 1);
}

[[noreturn]] void become(const RunningExporter::Setup& setup, int error, const std::string& notify) {
    const std::string program = HALFOPEN_EXPORTER_PATH;
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& word : setup.words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    dup2(error, STDERR_FILENO);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("NOTIFY_SOCKET", notify.c_str(), 1);
    for (const auto& [name, value] : setup.variables)
        setenv(name.c_str(), value.c_str(), 1);
    if (!setup.handedOver.empty())
        handOver(setup);
    execv(program.c_str(), argv.data());
    _exit(127);
}

} // namespace

RunningExporter::RunningExporter(const Setup& setup)
    : m_notify(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    , m_error(memfd_create("stderr", MFD_CLOEXEC)) {
    const std::string name = bindToSomeName(m_notify.get());
    int pipe[2];
    EXPECT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
    m_living.reset(pipe[0]);
    const UniqueFd theirs(pipe[1]);
    m_pid = fork();
    if (m_pid != 0)
        return;
    // Beyond those that are handed over, and not closed by exec.
    fcntl(theirs.get(), F_DUPFD, kFirst + static_cast<int>(setup.handedOver.size()));
    become(setup, m_error.get(), name);
}

RunningExporter::~RunningExporter() {
    end(SIGKILL);
}

std::string RunningExporter::told() const {
    std::array<pollfd, 2> watched{{{m_notify.get(), POLLIN, 0}, {m_living.get(), 0, 0}}};
    while (poll(watched.data(), watched.size(), -1) < 0) {
    }
    std::array<char, 256> message{};
    const ssize_t size = recv(m_notify.get(), message.data(), message.size(), MSG_DONTWAIT);
    return size < 0 ? std::string() : std::string(message.data(), static_cast<std::size_t>(size));
}

std::uint64_t RunningExporter::residentBytes() const {
    std::uint64_t pages = 0;
    std::ifstream(fmt::format("/proc/{}/statm", m_pid)) >> pages >> pages;
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

int RunningExporter::end(int signal) {
    if (m_pid <= 0)
        return -1;
    if (signal != 0)
        kill(m_pid, signal);
    int status = 0;
    waitpid(m_pid, &status, 0);
    m_pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string RunningExporter::said() const {
    std::string text(static_cast<std::size_t>(lseek(m_error.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(m_error.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
}

HttpClient::HttpClient(const char* from)
    : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, from, &address.sin_addr), 1);
    EXPECT_EQ(bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(9995);
    EXPECT_EQ(connect(m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << std::strerror(errno);
}

bool HttpClient::send(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t sent = ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string HttpClient::rest() const {
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = recv(m_socket.get(), buffer.data(), buffer.size(), 0)) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(size));
    return text;
}

bool HttpClient::isOpenAfter(int milliseconds) const {
    pollfd watched{m_socket.get(), POLLIN | POLLRDHUP, 0};
    return poll(&watched, 1, milliseconds) == 0;
}

HttpAnswer ask(const std::string& request, const char* from) {
    const HttpClient client(from);
    client.send(request);
    const std::string text = client.rest();
    const std::size_t end = text.find("\r\n\r\n");
    if (!text.starts_with("HTTP/1.1 ") || end == std::string::npos)
        return {};
    return {text.substr(9, 3), text.substr(0, end + 2), text.substr(end + 4)};
}

HttpAnswer scrape(const std::string& accept, const char* from) {
    return ask("GET /metrics HTTP/1.1\r\nHost: here\r\n" + (accept.empty() ? "" : "Accept: " + accept + "\r\n") +
                   "\r\n",
               from);
}

} // namespace halfopen::test
