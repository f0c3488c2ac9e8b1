import type { Metadata } from "next";
import { AdminScreen } from "./_parts/admin-screen.tsx";

export const metadata: Metadata = {
  title: "Admin",
  description: "See the people of this lab and their live logins, and end these logins as an admin.",
};

export default function AdminPage() {
  return <AdminScreen />;
}
