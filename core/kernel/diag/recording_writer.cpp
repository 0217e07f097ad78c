// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace halfopen {

struct RecordingWriter::Impl {
    std::filesystem::path file;
    std::filesystem::path temporary;
    int fd = -1;
    int failed = 0; ///< errno of the first write that failed

    ~Impl() {
        if (fd >= 0)
            ::close(fd);
        if (!temporary.empty())
            ::unlink(temporary.c_str());
    }

    void write(ByteView bytes) {
        while (failed == 0 && !bytes.empty()) {
            const ssize_t written = ::write(fd, bytes.data(), bytes.size());
            if (written >= 0)
                bytes = bytes.subspan(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                failed = errno;
        }
    }

    Error error(Sentence what, int cause) const {
        const auto code =
            cause == EACCES || cause == EPERM || cause == EROFS ? ErrorCode::NotPermitted : ErrorCode::SomeFailed;
        return {code, Sentence::tr("{0}: {1}.", std::move(what), Errno{cause})};
    }
};

namespace {

/// mkostemp(3) takes rights of its own; this obeys the umask. @return -1 with errno
int makeBeside(const std::filesystem::path& file, std::filesystem::path& made) {
    constexpr int kNames = 100;
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz012345";
    for (int attempt = 0; attempt < kNames; ++attempt) {
        std::array<unsigned char, 8> random{};
        if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
            return -1;
        std::string name = file.string() + ".";
        for (const unsigned char byte : random)
            name += kLetters[byte % kLetters.size()];
        const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            made = name;
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

} // namespace

RecordingWriter::RecordingWriter(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}
RecordingWriter::RecordingWriter(RecordingWriter&&) noexcept = default;
RecordingWriter& RecordingWriter::operator=(RecordingWriter&&) noexcept = default;
RecordingWriter::~RecordingWriter() = default;

bool RecordingWriter::writesThrough(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored);
}

Result<RecordingWriter> RecordingWriter::create(const std::filesystem::path& file) {
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->fd = writesThrough(file) ? ::open(file.c_str(), O_WRONLY | O_CLOEXEC) : makeBeside(file, impl->temporary);
    if (impl->fd < 0)
        return tl::unexpected(impl->error(Sentence::tr("Cannot create {0}", impl->file.string()), errno));
    return RecordingWriter(std::move(impl));
}

void RecordingWriter::write(ByteView batch) {
    m_impl->write(batch);
}

void RecordingWriter::endNetns(const RecordingTrailer& trailer) {
    m_impl->write(encodeTrailer(trailer));
}

Result<void> RecordingWriter::finish() {
    const bool regular = !m_impl->temporary.empty();
    if (m_impl->failed == 0 && regular && ::fsync(m_impl->fd) != 0)
        m_impl->failed = errno;
    if (::close(std::exchange(m_impl->fd, -1)) != 0 && m_impl->failed == 0)
        m_impl->failed = errno;
    if (m_impl->failed != 0)
        return tl::unexpected(m_impl->error(Sentence::tr("Cannot write {0}", m_impl->file.string()), m_impl->failed));
    if (!regular)
        return {};
    if (::rename(m_impl->temporary.c_str(), m_impl->file.c_str()) != 0)
        return tl::unexpected(m_impl->error(Sentence::tr("Cannot write {0}", m_impl->file.string()), errno));
    m_impl->temporary.clear();
    return {};
}

} // namespace halfopen
