// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cstddef>
#include <cstdint>

namespace halfopen::test {

/// A page that is not there until it is given.
class MissingPage {
public:
    MissingPage()
        : m_faults(static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC)))
        , m_page(mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        uffdio_api api{UFFD_API, 0, 0};
        uffdio_register range{};
        range.range = {reinterpret_cast<std::uint64_t>(m_page), kSize};
        range.mode = UFFDIO_REGISTER_MODE_MISSING;
        m_usable = m_faults && ioctl(m_faults.get(), UFFDIO_API, &api) == 0 &&
                   ioctl(m_faults.get(), UFFDIO_REGISTER, &range) == 0;
    }
    ~MissingPage() { munmap(m_page, kSize); }
    MissingPage(const MissingPage&) = delete;
    MissingPage& operator=(const MissingPage&) = delete;

    bool isUsable() const { return m_usable; }
    const void* address() const { return m_page; }
    void give() {
        uffdio_zeropage zero{};
        zero.range = {reinterpret_cast<std::uint64_t>(m_page), kSize};
        EXPECT_EQ(ioctl(m_faults.get(), UFFDIO_ZEROPAGE, &zero), 0);
    }
    /// Somebody waits for it.
    void awaitFault() {
        uffd_msg message{};
        EXPECT_EQ(read(m_faults.get(), &message, sizeof message), static_cast<ssize_t>(sizeof message));
    }
    static constexpr std::size_t kSize = 4096;

private:
    UniqueFd m_faults;
    void* m_page;
    bool m_usable = false;
};

} // namespace halfopen::test
