import type { Metadata } from "next";
import { AdminScreen } from "./_parts/admin-screen.tsx";

export const metadata: Metadata = {
  title: "Admin",
  description: "The people of this lab and their live logins, each of which an admin can end.",
};

export default function AdminPage() {
  return <AdminScreen />;
}
